"""The steps of docs/first-change.md work: they are applied to a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "first-change.md").read_text()
STEPS = re.findall(r"```diff\n--- (\S+)\n(.*?)```", PAGE, re.DOTALL)
PRINTED = re.findall(r"^python -m (\S+) > (\S+)$", PAGE, re.MULTILINE)
CHECKS = (
    "tests/architecture",
    "tests/documents/test_glossary.py",
    "tests/domain/test_comment.py",
    "tests/domain/test_hidden_comment.py",
    "tests/projections/test_comments.py",
    "tests/infra/event_store/test_stored_format.py",
    "tests/infra/event_store/test_stored_commands.py",
    "tests/graphql/test_descriptions.py",
    "tests/graphql/test_schema.py",
    "tests/graphql/test_versions.py",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project after all steps."""
    folder = tmp_path_factory.mktemp("first-change")
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("intersessional", "tests", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("GLOSSARY.md", "pyproject.toml", "schema.graphql"):
        shutil.copy(ROOT / name, folder / name)
    for path, hunks in STEPS:
        _apply(folder / path, hunks)
    for module, path in PRINTED:
        (folder / path).write_text(_run(folder, "-m", module))
    (folder / "schema.graphql").write_text(_run(folder, "-m", "intersessional.infra.cli", "schema"))
    return folder


@pytest.mark.timeout(300)
def test_checks_pass_after_all_steps(copy: Path, database_url: str) -> None:
    changed = [path for path, _ in STEPS if path.endswith(".py")]
    _run(copy, "-m", "ruff", "check", *changed)
    _run(copy, "-m", "ruff", "format", "--check", *changed)
    output = _run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *CHECKS, url=database_url)

    assert " passed" in output
    assert "hideComment" in (copy / "schema.graphql").read_text()


@pytest.mark.parametrize("path", [path for _, path in PRINTED])
@pytest.mark.timeout(300)
def test_printed_file_only_gains_lines(copy: Path, path: str) -> None:
    before = (ROOT / path).read_text().splitlines()
    after = (copy / path).read_text().splitlines()

    assert sorted(set(before) - set(after)) == []
    assert len(after) > len(before)


def _apply(file: Path, hunks: str) -> None:
    """Replace the old lines of each hunk by its new ones; they stand exactly once in the file."""
    text = file.read_text() if file.exists() else ""
    for hunk in hunks.split("@@\n"):
        lines = hunk.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert old == text == "" or text.count(old) == 1, f"{file.name} has not, or twice:\n{old}"
        text = text.replace(old, new) if old else new
    file.write_text(text)


def _run(folder: Path, *arguments: str, url: str | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    if url is not None:
        environment["DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
