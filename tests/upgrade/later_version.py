"""A copy of the program as a later version may be.

Every event and every command has an optional field more, a command is renamed, a plugin adds a
view, and further scripts add a column to every table.
"""

import ast
import re
import shutil
from pathlib import Path

import intersessional

PACKAGE = Path(intersessional.__path__[0])
RENAMED = ("ScheduleMeeting", "ConveneMeeting")
"""A command that the histories name, and its later name."""

_FIELD = 'added_later: str | None = None\n{indent}"""A field of a later version."""\n'
_COLUMNS = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS later text', name);
    END LOOP;
END $$
"""
_PLUGIN = '''
from dataclasses import dataclass, replace

from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.view import View


@dataclass(frozen=True)
class StreamLength:
    """The number of events in a stream."""

    events: int = 0


def evolve(length, recorded):
    length = length or StreamLength()
    return replace(length, events=length.events + 1)


plugin = Plugin(
    name="stream_lengths",
    views=(
        View(
            name="stream_lengths",
            version=1,
            document=StreamLength,
            keys=lambda recorded: (recorded.stream,),
            evolve=evolve,
            lists=lambda length: (),
        ),
    ),
)
'''


def write_later_version(folder: Path) -> None:
    """Write the later version into an empty folder, which is then put on PYTHONPATH."""
    copy = folder / "intersessional"
    # With what is compiled, which holds for files that do not change; not what is being written.
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.pyc.*"))
    before, after = RENAMED
    for file in (*copy.rglob("*.py"), *copy.rglob("*.yaml")):
        text = written = file.read_text(encoding="utf-8")
        if file.suffix == ".py" and ("domain" in file.parts or "plugins" in file.parts):
            text = _with_optional_fields(text)
        text = re.sub(rf"\b{before}\b", after, text)
        if text != written:
            file.write_text(text, encoding="utf-8")
    for scripts in copy.glob("infra/*/migrations"):
        number = len(list(scripts.glob("*.sql"))) + 1
        scripts.joinpath(f"{number:04}_later.sql").write_text(_COLUMNS)
    folder.joinpath("stream_lengths.py").write_text(_PLUGIN)
    information = folder / "stream_lengths-1.dist-info"
    information.mkdir()
    information.joinpath("METADATA").write_text("Name: stream_lengths\nVersion: 1\n")
    entry_point = "[intersessional.plugins]\nstream_lengths = stream_lengths:plugin\n"
    information.joinpath("entry_points.txt").write_text(entry_point)


def _with_optional_fields(module: str) -> str:
    """The text of a module in which every class with a topic of its own has a field more."""
    lines = module.splitlines(keepends=True)
    ends = [
        _end_of_fields(node)
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.ClassDef) and _is_event_or_command(node)
    ]
    for line, indent in sorted(ends, reverse=True):
        lines.insert(line, " " * indent + _FIELD.format(indent=" " * indent))
    return "".join(lines)


def _is_event_or_command(node: ast.ClassDef) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    return _topic(node) is not None and "Aggregate" not in bases


def _topic(node: ast.ClassDef) -> ast.Assign | None:
    assigned = [one for one in node.body if isinstance(one, ast.Assign)]
    return next((one for one in assigned if ast.unparse(one.targets[0]) == "TOPIC"), None)


def _end_of_fields(node: ast.ClassDef) -> tuple[int, int]:
    """The line after which a field can be added, and its indent."""
    last = node.body[0]
    for before, one in zip([node.body[0], *node.body], node.body, strict=False):
        described = isinstance(one, ast.Expr) and isinstance(before, ast.AnnAssign)
        if isinstance(one, ast.AnnAssign | ast.Assign) or described:
            last = one
    assert last.end_lineno is not None
    return last.end_lineno, last.col_offset
