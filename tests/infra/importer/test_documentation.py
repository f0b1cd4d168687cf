"""The examples of docs/importing.md behave as it says."""

import re
from pathlib import Path

import pytest

from intersessional.infra.backend import Backend
from intersessional.infra.importer import HistoryImportError, ImportSummary
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.history import HistoryEntry, parse_history
from intersessional.plugins.core import CORE
from tests.infra.importer.core_backend import import_and_wait, query_data

PAGE = (Path(__file__).parents[3] / "docs/importing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
(EXAMPLE, CORRECTION, BROKEN) = (text for language, text in BLOCKS if language == "yaml")
(TERMINAL,) = (text for language, text in BLOCKS if language == "console")
(REFUSAL,) = (text.strip() for language, text in BLOCKS if language == "")


async def test_first_example_is_imported_as_it_says(backend: Backend) -> None:
    history = parse_history("the-year-before.yaml", EXAMPLE)
    summaries = [await import_and_wait(backend, history) for _ in range(2)]

    assert [line for line in TERMINAL.splitlines() if not line.startswith("$")] == [
        f"{one.recorded} commands recorded, {one.repeated} had been before;"
        f" the last one has position {one.position}."
        for one in summaries
    ]


async def test_correction_is_imported_with_the_file_whose_keys_it_uses(backend: Backend) -> None:
    example = parse_history("the-year-before.yaml", EXAMPLE)
    correction = parse_history("the-year-before-corrected.yaml", CORRECTION)
    await import_and_wait(backend, example)

    summaries = [await import_and_wait(backend, example, correction) for _ in range(2)]

    assert [(one.recorded, one.repeated) for one in summaries] == [(1, 5), (0, 6)]
    found = await query_data(backend, "{ cycle(year: 2017) { annualMeeting { startsOn endsOn } } }")
    assert found["cycle"]["annualMeeting"] == {"startsOn": "2017-12-17", "endsOn": "2017-12-21"}


def test_broken_example_is_refused_as_it_says() -> None:
    with pytest.raises(HistoryImportError) as refused:
        CommandBuilder(CORE.command_handlers).build(parse_history("an-example.yaml", BROKEN))

    assert str(refused.value) == REFUSAL


async def test_broken_example_is_imported_once_mended(backend: Backend) -> None:
    mended = BROKEN.replace("2018-01/2018-03", "2018-01-01/2018-03-31")

    outcome = await import_and_wait(backend, parse_history("an-example.yaml", mended))

    assert outcome == ImportSummary(recorded=2, repeated=0, position=2)


def test_page_names_every_part_of_an_entry() -> None:
    parts = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))

    assert parts == {*HistoryEntry.__dataclass_fields__} - {"command_id", "node"}
