"""Migration scripts are read in order of their numbers, and none that has landed is edited."""

from pathlib import Path

import pytest

from intersessional.infra.postgres.migration_scripts import MigrationScripts
from tests.infra.postgres.applied_scripts import (
    CHECKED_IN,
    LENT_OTHERWISE,
    PARTS,
    anew,
    applied_scripts,
    faults,
    removes,
)
from tests.landed_lines import lines_of


def scripts(folder: Path, **files: str) -> MigrationScripts:
    """The scripts of a folder with these files."""
    folder.mkdir()
    for name, sql in files.items():
        (folder / f"{name}.sql").write_text(sql)
    return MigrationScripts.read("things", folder)


def test_scripts_are_read_in_order_of_their_numbers(tmp_path: Path) -> None:
    files = {f"_{number:04}": f"SELECT {number}" for number in range(12, 0, -1)}
    named = {f"{name[1:]}_count": sql for name, sql in files.items()}

    read = scripts(tmp_path / "folder", **named).scripts

    assert [script.sql for script in read] == [f"SELECT {n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    "names",
    [
        ("0002_second",),
        ("0001_first", "0003_third"),
        ("0001_first", "0001_other"),
        ("0001_first", "second"),
        ("1_first",),
    ],
)
def test_missing_double_and_unnumbered_scripts_are_refused(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="is not named"):
        scripts(tmp_path / "folder", **dict.fromkeys(names, "SELECT 1"))


def test_digest_does_not_depend_on_the_line_ends_of_a_checkout(tmp_path: Path) -> None:
    (tmp_path / "unix").mkdir()
    (tmp_path / "unix" / "0001_first.sql").write_bytes(b"SELECT 1;\nSELECT 2;\n")
    (tmp_path / "windows").mkdir()
    (tmp_path / "windows" / "0001_first.sql").write_bytes(b"SELECT 1;\r\nSELECT 2;\r\n")

    unix, windows = (MigrationScripts.read("x", tmp_path / n) for n in ("unix", "windows"))

    assert unix.scripts == windows.scripts


FIRST = {"0001_first": "SELECT 1", "0002_second": "SELECT 2"}


@pytest.mark.parametrize(
    "files",
    [
        FIRST | {"0002_second": "SELECT 3"},
        {"0001_first": "SELECT 1"},
        {"0001_first": "SELECT 1", "0002_renamed": "SELECT 2"},
        {"0001_first": "SELECT 1", "0002_between": "SELECT 3", "0003_second": "SELECT 2"},
    ],
)
def test_edited_removed_renamed_and_inserted_scripts_are_a_change(
    tmp_path: Path, files: dict[str, str]
) -> None:
    landed = applied_scripts([scripts(tmp_path / "landed", **FIRST)])

    assert faults(landed, applied_scripts([scripts(tmp_path / "now", **files)]))


def test_further_script_is_no_change(tmp_path: Path) -> None:
    landed = applied_scripts([scripts(tmp_path / "landed", **FIRST)])
    further = applied_scripts([scripts(tmp_path / "now", **FIRST, **{"0003_third": "SELECT 3"})])

    assert faults(landed, further) == []


def test_scripts_that_have_landed_are_not_edited() -> None:
    assert faults(lines_of(CHECKED_IN), applied_scripts()) == [], (
        "A database may have applied the script already: restore it, and add a further one."
    )


def test_scripts_are_all_in_the_checked_in_file() -> None:
    assert anew() == CHECKED_IN.read_text(), (
        "If a script was added, print the file anew (its heading says how)."
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE things",
        "ALTER TABLE things DROP COLUMN colour",
        "ALTER TABLE things RENAME colour TO hue",
        "ALTER TABLE things ALTER COLUMN colour SET NOT NULL",
        "ALTER TABLE things ALTER COLUMN colour TYPE integer",
        "REVOKE SELECT ON things FROM intersessional_app",
        "CREATE TABLE things (); COMMIT",
    ],
)
def test_script_that_takes_something_from_old_nodes_is_found(sql: str) -> None:
    assert removes(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE things ADD COLUMN colour text -- DROP nothing\n",
        "CREATE FUNCTION paint() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$",
        "REVOKE ALL ON FUNCTION paint() FROM PUBLIC",
        "CREATE INDEX dropped_idx ON things (dropped_at)",
    ],
)
def test_script_that_adds_something_is_none_of_these(sql: str) -> None:
    assert removes(sql) is None


def test_further_scripts_only_add() -> None:
    further = {
        f"{part.name} {script.file_name}": script for part in PARTS for script in part.scripts[1:]
    }

    assert [name for name, script in further.items() if removes(script.sql)] == [*LENT_OTHERWISE], (
        "Nodes of the version before still serve: leave what they use, and add beside it."
    )
