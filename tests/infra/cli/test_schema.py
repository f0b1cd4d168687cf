"""The schema that is checked in is the one that is served."""

from pathlib import Path

from tests.infra.cli.programme import run

CHECKED_IN = Path(__file__).parents[3] / "schema.graphql"


async def test_the_schema_is_printed_the_same_whenever_and_needs_no_settings() -> None:
    once = await run("schema", PYTHONHASHSEED="1", PORT="none", DATABASE_URL="none")
    again = await run("schema", PYTHONHASHSEED="2")

    assert once.code == again.code == 0
    assert "type Query" in once.out
    assert once.out == again.out == CHECKED_IN.read_text()


async def test_the_checked_in_schema_passes_the_check() -> None:
    checked = await run("schema", "--check", "--file", str(CHECKED_IN))

    assert (checked.code, checked.out, checked.err) == (0, "", "")


async def test_a_stale_schema_is_refused_with_the_way_to_mend_it(tmp_path: Path) -> None:
    stale = tmp_path / "schema.graphql"
    stale.write_text(CHECKED_IN.read_text() + "\n")

    checked = await run("schema", "--check", "--file", str(stale))

    assert checked.code == 1
    assert checked.err == f"{stale} is stale: scripts/fix prints it anew.\n"


async def test_a_missing_schema_is_as_good_as_a_stale_one(tmp_path: Path) -> None:
    checked = await run("schema", "--check", "--file", str(tmp_path / "none.graphql"))

    assert checked.code == 1
    assert "scripts/fix" in checked.err
