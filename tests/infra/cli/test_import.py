"""Data files are recorded completely, or not at all."""

import asyncio
from pathlib import Path

import asyncpg

from intersessional.infra.history import HISTORY
from tests.infra.cli.program import invoke


def test_import_prints_the_numbers_of_new_and_repeated_commands(empty_database_url: str) -> None:
    sources, themes = map(str, HISTORY[:2])

    first = invoke("import", sources, DATABASE_URL=empty_database_url)
    again = invoke("import", sources, themes, DATABASE_URL=empty_database_url)

    assert first.code == again.code == 0
    recorded = first.out.split()[0]
    assert first.out.startswith(f"{recorded} commands recorded, 0 had been before;")
    assert f" commands recorded, {recorded} had been before;" in again.out
    assert not again.out.startswith("0 ")


def test_file_refused_on_its_last_line_records_nothing(
    empty_database_url: str, tmp_path: Path
) -> None:
    lines = HISTORY[0].read_text().splitlines()
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        "\n".join(
            [
                *lines,
                "  - key: themes-of-nobody",
                "    command: WithdrawComment",
                "    occurred: 2018-01-01",
                "    ground: ILLUSTRATION",
                "    fields: {comment: 0f2b1c4e-6d0a-4d0e-9a51-6a0c4c1f2d3e}",
            ]
        )
    )

    refused = invoke("import", str(broken), DATABASE_URL=empty_database_url)

    assert refused.code == 1
    assert refused.err.startswith(f"{broken}:{len(lines) + 1}: themes-of-nobody: ")
    assert refused.err.endswith(")\n")
    assert len(refused.err.splitlines()) == 1
    assert asyncio.run(event_count(empty_database_url)) == 0


def test_missing_file_is_reported_before_anything_is_opened() -> None:
    refused = invoke("import", "nowhere.yaml", DATABASE_URL="postgresql://127.0.0.1:1/none")

    assert refused.code == 1
    assert refused.err == (
        "nowhere.yaml:1: the file cannot be read: No such file or directory. (FILE_UNREADABLE)\n"
    )


async def event_count(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    count: int = await connection.fetchval("SELECT count(*) FROM intersessional.stored_events")
    await connection.close()
    return count
