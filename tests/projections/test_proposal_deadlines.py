"""The view of the deadlines for written proposals."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from intersessional.domain.cycle.commands import SetProposalDeadline
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.proposal_deadlines import PROPOSAL_DEADLINES, deadline_at
from tests.domain.actors import CHAIR, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE
from tests.projections.event_history import EventHistory


@pytest.mark.parametrize(
    "deadlines", list(permutations(("2018-03-10", "2018-03-01", "2018-03-20")))
)
def test_deadline_in_force_is_that_of_its_time_in_whatever_order_they_were_recorded(
    deadlines: tuple[str, ...],
) -> None:
    record = given(
        CYCLE,
        *(
            CHAIR.sends(
                SetProposalDeadline(
                    command_id=id_of(since),
                    year=2018,
                    due_on=date.fromisoformat(since) + timedelta(days=30),
                    occurred=Occurred.parse(since),
                )
            )
            for since in deadlines
        ),
    )
    history = EventHistory()
    history.extend(record.events())
    documents = history.documents(PROPOSAL_DEADLINES).values()

    def due(at: str) -> date | None:
        deadline = deadline_at(documents, Occurred.parse(at))
        return None if deadline is None else deadline.due_on

    assert len(documents) == 3
    assert due("2018-02-28") is None
    assert due("2018-03-05") == date(2018, 3, 31)
    assert due("2018-03-15") == date(2018, 4, 9)
    assert due("2018-12") == date(2018, 4, 19)
