"""The Containerfile and the systemd unit keep what they promise to operators."""

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
UNIT = DEPLOY / "intersessional.service"


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile with their arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", CONTAINERFILE))
    pairs = (line.partition(" ") for line in text.splitlines() if line.strip())
    return [(name, arguments) for name, _, arguments in pairs]


def last_stage() -> list[tuple[str, str]]:
    """The instructions that make the image, after those of the build."""
    found = instructions()
    last = max(place for place, (name, _) in enumerate(found) if name == "FROM")
    return found[last:]


def options() -> dict[str, str]:
    """The options of the unit."""
    lines = (line.partition("=") for line in UNIT.read_text().splitlines() if "=" in line)
    return {name: value for name, _, value in lines if not name.startswith("#")}


def test_image_installs_pinned_requirements_by_their_hashes_and_nothing_else() -> None:
    installs = [run for name, run in instructions() if name == "RUN" and "pip install" in run]

    assert "--require-hashes" in installs[0]
    assert "requirements/run.txt" in installs[0]
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert all("--no-build-isolation" in one for one in installs[1:])
    pins = (ROOT / "requirements" / "run.txt").read_text()
    assert "--hash=sha256:" in pins
    assert re.search(r"^prometheus-client==", pins, re.MULTILINE)


def test_image_runs_as_an_ordinary_user_and_writes_to_its_volume_only() -> None:
    stage = dict(last_stage())

    assert stage["USER"] == "10001:10001"
    assert "--uid 10001" in stage["RUN"]
    assert stage["VOLUME"] == "/var/lib/intersessional"
    assert "INTERSESSIONAL_DATA=/var/lib/intersessional" in stage["ENV"]
    assert "PYTHONDONTWRITEBYTECODE=1" in stage["ENV"]


def test_image_is_restarted_by_its_liveness_and_stopped_by_sigterm() -> None:
    stage = dict(last_stage())

    assert "/health/live" in stage["HEALTHCHECK"]
    assert stage["STOPSIGNAL"] == "SIGTERM"
    assert stage["ENTRYPOINT"] == '["intersessional"]'
    assert stage["CMD"] == '["serve"]'


def test_health_check_of_the_image_is_a_program_that_fails_without_a_node() -> None:
    command = json.loads(dict(last_stage())["HEALTHCHECK"].partition("CMD ")[2])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    checked = subprocess.run(
        [sys.executable, *command[1:]],
        env={"PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )

    assert command[0] == "python"
    assert checked.returncode == 1
    assert "Connection refused" in checked.stderr


@pytest.mark.parametrize("run", [run for name, run in instructions() if name == "RUN"])
def test_step_of_the_image_is_a_program_of_the_shell(run: str) -> None:
    checked = subprocess.run(["sh", "-n", "-c", run], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_what_the_image_copies_is_there_and_is_sent_to_its_build() -> None:
    sent = {line[1:] for line in (ROOT / ".containerignore").read_text().split() if line[0] == "!"}
    copied = {
        path
        for name, arguments in instructions()
        if name == "COPY" and not arguments.startswith("--from")
        for path in arguments.split()[:-1]
    }

    assert copied == sent
    assert all((ROOT / path).exists() for path in copied)


def test_unit_runs_as_an_ordinary_user_without_privileges() -> None:
    found = options()

    assert found["User"] == "intersessional"
    assert found["CapabilityBoundingSet"] == ""
    assert found["ProtectSystem"] == "strict"
    assert found["StateDirectory"] == "intersessional"
    hardened = ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "LockPersonality")
    assert {found[name] for name in hardened} == {"yes"}


def test_unit_gives_the_embedded_server_time_to_write_its_data() -> None:
    found = options()

    assert found["KillMode"] == "mixed"
    assert int(found["TimeoutStopSec"]) > 60
    assert found["Restart"] == "on-failure"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_finds_no_fault_in_the_unit_and_little_exposure(tmp_path: Path) -> None:
    program = "/opt/intersessional/bin/intersessional"
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace(program, "/bin/true"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    assert exposed.returncode == 0, exposed.stdout[-500:]
