"""Random histories of a record."""

from random import Random

from hypothesis import strategies as st

from intersessional.domain.command_handling.scenario import Scenario
from tests.domain.actors import CHAIR, MEMBER
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import DRAFTED, POSTED
from tests.domain.random_commands import something
from tests.domain.scenarios import cap, decide, moot, submitted

BEGUN = given(
    DRAFTED,
    POSTED,
    submitted("gender", "ai", "data"),
    MEMBER.sends(moot("blockchain")),
    CHAIR.sends(decide("cap", cap(2))),
)

SEEDS = st.integers(0, 2**32 - 1)


def random_history(data: st.DataObject) -> Scenario:
    """A record after up to 30 commands, most of them sensible."""
    record = BEGUN
    for place in range(data.draw(st.integers(1, 30))):
        random = Random(f"{place} {data.draw(SEEDS)}")
        outcome = record.when(something(random, record.events()))
        if outcome.refused is None:
            record = outcome.scenario
    return record
