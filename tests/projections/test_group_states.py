"""The state of a group, as it follows from what is recorded of it (DOMAIN A3)."""

from itertools import permutations

import pytest

from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.group_states import GroupState
from intersessional.projections.groups import GROUPS, without_session
from intersessional.projections.kernel.view import ListKey
from tests.projections.event_history import EventHistory, id_of

GROUP = id_of("group")
CYCLE = cycle_id(2018)
MISSING = ListKey(CYCLE, without_session("BPF"))


class GroupHistory:
    """A group that was established in March 2018, and what is told of it."""

    def __init__(self) -> None:
        self.history = EventHistory()
        self.group = self.history.begin(
            Group,
            Group.Established,
            GROUP,
            at="2018-03-01",
            cycle_id=CYCLE,
            year=2018,
            kind="BPF",
            name=Sealed("AI"),
            decision_id=None,
            proposal_id=None,
        )
        self.session = self.history.begin(
            DedicatedSession,
            DedicatedSession.Requested,
            id_of("session"),
            at="2018-03-02",
            group_id=GROUP,
            cycle_id=CYCLE,
            year=2018,
            title=None,
            note=None,
        )

    def tell(self, what: str) -> None:
        match what:
            case "draft" | "draft after the session":
                self.history.begin(
                    Draft,
                    Draft.Published,
                    id_of(what),
                    at="2018-10-01" if what == "draft" else "2018-12-01",
                    group_id=GROUP,
                    cycle_id=CYCLE,
                    title=Sealed("A draft"),
                    label=None,
                    language=None,
                    revision=1,
                    blocks=(),
                )
            case "session":
                self.history.append(
                    self.session,
                    DedicatedSession.Held,
                    at="2018-11-13",
                    group_id=GROUP,
                    cycle_id=CYCLE,
                    began=Occurred.parse("2018-11-13"),
                    record=None,
                    document_id=None,
                )
            case "renewal":
                self.history.append(
                    self.group,
                    Group.Renewed,
                    at="2019-02-01",
                    cycle_id=cycle_id(2019),
                    year=2019,
                    kind="BPF",
                    decision_id=id_of("renewal"),
                )
            case "suspension":
                self.history.append(
                    self.group,
                    Group.Suspended,
                    at="2018-10-02",
                    reason=Sealed("Nobody is left."),
                    decision_id=None,
                )
            case _:
                self.history.append(
                    self.group, Group.Resumed, at="2018-10-03", reason=None, decision_id=None
                )

    @property
    def state(self) -> GroupState:
        return self.history.document(GROUPS, GROUP).state


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ((), GroupState.APPROVED),
        (("draft",), GroupState.DRAFTING),
        (("draft", "session"), GroupState.PRESENTED),
        (("session",), GroupState.PRESENTED),
        (("draft", "session", "draft after the session"), GroupState.REVISING),
        (("draft", "session", "renewal"), GroupState.ACTIVE),
        (("draft", "suspension"), GroupState.SUSPENDED),
        (("draft", "suspension", "resumption"), GroupState.DRAFTING),
        (("draft", "suspension", "resumption", "session"), GroupState.PRESENTED),
    ],
)
def test_state_follows_from_what_is_recorded_in_whatever_order_it_is_told(
    told: tuple[str, ...], state: GroupState
) -> None:
    for order in permutations(told):
        group = GroupHistory()
        for what in order:
            group.tell(what)
        assert group.state is state, order


def test_group_is_without_a_session_until_one_was_held() -> None:
    group = GroupHistory()
    before = GROUPS.lists(group.history.document(GROUPS, GROUP))
    group.tell("session")
    after = GROUPS.lists(group.history.document(GROUPS, GROUP))

    assert (MISSING in before, MISSING in after) == (True, False)
