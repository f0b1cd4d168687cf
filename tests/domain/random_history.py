"""Random histories of a record."""

from hypothesis import strategies as st

from tests.domain.actors import CHAIR, MEMBER
from tests.domain.given_when_then import Record, given
from tests.domain.group_scenarios import DRAFTED, POSTED
from tests.domain.random_commands import something
from tests.domain.scenarios import cap, decide, moot, submitted

BEGUN = given(
    DRAFTED,
    POSTED,
    submitted("gender", "ai", "data"),
    MEMBER.says(moot("blockchain")),
    CHAIR.says(decide("cap", cap(2))),
).record


def random_history(data: st.DataObject) -> Record:
    """A record after up to 30 commands, most of them sensible."""
    record = BEGUN
    for _ in range(data.draw(st.integers(1, 30))):
        outcome = given(record=record).when(data.draw(something(record.happened())))
        if isinstance(outcome.of, Record):
            record = outcome.of
    return record
