"""Illustrations: they follow every rule, and are no facts."""

from intersessional.domain.cycle.commands import AssessResources, OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import MeetingRequired
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.proposal.proposal import Proposal
from tests.domain.actors import CHAIR, OPERATOR, PEOPLE, id_of, in_the_name_of
from tests.domain.actors import MEMBER as A_MEMBER
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE, approve, decide, submit

MADE_UP = Provenance(Ground.ILLUSTRATION)
MEMBER = in_the_name_of(A_MEMBER)
ASSESS = AssessResources(command_id=id_of("assess"), year=2018, capacity=1, provenance=MADE_UP)
NEVER_WAS = (
    *PEOPLE,
    OPERATOR.sends(OpenCycle(command_id=id_of("open"), year=2018, provenance=MADE_UP)),
    OPERATOR.sends(ASSESS),
    MEMBER.sends(submit("ai", theme="ai", provenance=MADE_UP)),
)
SELECTION = {"meeting": None, "on_list": True, "announced_by": CHAIR.id, "provenance": MADE_UP}


def test_illustrated_decision_in_a_real_cycle_is_refused() -> None:
    command = decide("made up", **SELECTION)

    given(CYCLE).when(OPERATOR.sends(command)).then(
        BadValue(
            field="provenance.ground",
            problem="a decision in a real cycle cannot be an illustration.",
        )
    )


def test_illustration_follows_every_rule() -> None:
    command = decide("made up", approve("ai"), **SELECTION | {"on_list": False})

    given(NEVER_WAS).when(OPERATOR.sends(command)).then(MeetingRequired())


def test_illustration_adds_nothing_to_the_history_of_a_theme() -> None:
    made_up = decide("made up", approve("ai"), **SELECTION)
    live = decide("live", approve("ai"), **SELECTION | {"provenance": None})

    for command in (OPERATOR.sends(made_up), CHAIR.sends(live)):
        given(NEVER_WAS).when(command).then(
            Proposal.Approved, Group.Established, Cycle.GroupAdmitted, Decision.Recorded
        )
