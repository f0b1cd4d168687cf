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
# What `python -m`, `intersessional schema` and `pytest` do, in one process: to import it all and to
# compose the schema takes 3 s.
CHECKING = """\
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from runpy import run_module

import pytest
from intersessional.infra.cli.commands.schema import schema

printed, checks = sys.argv[1].split(), sys.argv[2:]
for module, path in zip(printed[::2], printed[1::2], strict=True):
    with redirect_stdout(StringIO()) as output:
        run_module(module, run_name="__main__")
    Path(path).write_text(output.getvalue())
with redirect_stdout(StringIO()) as output:
    schema()
Path("schema.graphql").write_text(output.getvalue())
sys.exit(pytest.main(checks))
"""
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


@pytest.mark.timeout(300)
def test_steps_pass_the_checks_and_stored_files_only_gain_lines(
    tmp_path: Path, empty_database_url: str
) -> None:
    _copy_project(tmp_path)
    for path, hunks in STEPS:
        _apply(tmp_path / path, hunks)

    changed = [path for path, _ in STEPS if path.endswith(".py")]
    _run(tmp_path, "-m", "ruff", "check", *changed)
    _run(tmp_path, "-m", "ruff", "format", "--check", *changed)
    printed = " ".join(word for printed in PRINTED for word in printed)
    # What prints the files has imported some of what pytest would rewrite.
    imported = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    checks = ("-q", "-p", "no:cacheprovider", *imported, *CHECKS)
    output = _run(tmp_path, "-c", CHECKING, printed, *checks, url=empty_database_url)

    assert " passed" in output
    assert "hideComment" in (tmp_path / "schema.graphql").read_text()
    for _, path in PRINTED:
        before = (ROOT / path).read_text().splitlines()
        after = (tmp_path / path).read_text().splitlines()
        assert sorted(set(before) - set(after)) == []
        assert len(after) > len(before)


def _copy_project(folder: Path) -> None:
    # With what is compiled, which holds for files that do not change; not what is being written.
    ignored = shutil.ignore_patterns("*.pyc.*", "node_modules")
    for name in ("intersessional", "tests", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("GLOSSARY.md", "pyproject.toml", "schema.graphql"):
        shutil.copy(ROOT / name, folder / name)


def _apply(file: Path, hunks: str) -> None:
    """Replace the old lines of each hunk by its new ones; they occur exactly once in the file."""
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
