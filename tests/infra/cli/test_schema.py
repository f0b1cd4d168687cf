"""The schema that is checked in is the one that is served."""

import asyncio
from pathlib import Path

import pytest

from intersessional.infra.cli.commands.schema import SchemaStale, schema
from tests.infra.cli.program import invoke, run

CHECKED_IN = Path(__file__).parents[3] / "schema.graphql"


async def test_schema_is_printed_identically_and_without_settings() -> None:
    once, again = await asyncio.gather(
        run("schema", PYTHONHASHSEED="1", PORT="none", DATABASE_URL="none"),
        # Forked from a process with a random seed.
        run("schema"),
    )

    assert once.code == again.code == 0
    assert "type Query" in once.out
    assert once.out == again.out == CHECKED_IN.read_text()


def test_checked_in_schema_passes_the_check() -> None:
    checked = invoke("schema", "--check", "--file", str(CHECKED_IN))

    assert (checked.code, checked.out, checked.err) == (0, "", "")


def test_stale_schema_is_refused_with_a_remedy(tmp_path: Path) -> None:
    stale = tmp_path / "schema.graphql"
    stale.write_text(CHECKED_IN.read_text() + "\n")

    with pytest.raises(SchemaStale) as refused:
        schema(check=True, file=stale)

    assert str(refused.value) == f"{stale} is stale: scripts/fix prints it anew."


def test_missing_schema_is_refused_like_a_stale_one(tmp_path: Path) -> None:
    with pytest.raises(SchemaStale, match="scripts/fix"):
        schema(check=True, file=tmp_path / "none.graphql")
