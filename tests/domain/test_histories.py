"""Whatever people ask for, in whatever order: the laws hold, and what was recorded reads again."""

import re

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from tests.domain.actors import CHAIR, MEMBER
from tests.domain.group_scenarios import DRAFTED, POSTED
from tests.domain.laws import LAWS
from tests.domain.random_commands import something
from tests.domain.scenarios import cap, decide, moot, submitted
from tests.domain.story import Record, given, run

BEGUN = given(
    DRAFTED,
    POSTED,
    submitted("gender", "ai", "data"),
    MEMBER.says(moot("blockchain")),
    CHAIR.says(decide("cap", cap(2))),
).record


@settings(max_examples=150, deadline=None)
@for_all(st.data())
def test_the_laws_hold_in_every_history(data: st.DataObject) -> None:
    record = _a_history(data)
    happened = record.happened()

    for law in LAWS:
        law(record, happened)


@settings(max_examples=30, deadline=None)
@for_all(st.data())
def test_every_subject_reads_again_and_nothing_of_it_stands_in_clear(data: st.DataObject) -> None:
    record = _a_history(data)
    written = [text.encode() for text in record.openings.values() if not _is_pseudonym(text)]

    for id, rows in record.streams.items():
        subject = run(record.find(id))
        assert subject is not None
        assert subject.version == len(rows)
        assert not any(text in row.state for row in rows for text in written)


def _a_history(data: st.DataObject) -> Record:
    """What becomes of a record when people ask for this and that."""
    record = BEGUN
    happened: list[DomainEvent] = [*BEGUN.happened()]
    for _ in range(data.draw(st.integers(1, 30))):
        outcome = given(record=record).when(data.draw(something(happened)))
        if isinstance(outcome.of, Record):
            record = outcome.of
            happened += record.last
    return record


def _is_pseudonym(text: str) -> bool:
    return re.fullmatch("[0-9a-f-]{36}", text) is not None
