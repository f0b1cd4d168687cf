"""Decisions: taken by the MAG, recorded by the Secretariat, with their rationale."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import AssessResources, OpenCycle
from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Establish,
    OutcomeChoice,
    RecordDecision,
)
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import (
    DecisionKind,
    Outcome,
    OutcomeKind,
    decision_kinds,
)
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id, meeting_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, StaleVersion
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from tests.domain.actors import (
    CHAIR,
    OPERATOR,
    SECRETARIAT,
    id_of,
)
from tests.domain.decision_commands import AGREED, a_meeting
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    ASSESSMENT,
    CYCLE,
    MEETING,
    approve,
    cap,
    decide,
    proposal_id,
    submit,
    submitted,
)

NEXT_CYCLE = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))


def test_decision_is_recorded_with_all_its_facts() -> None:
    command = decide("cap", cap(3), objections=0)

    given(CYCLE).when(CHAIR.sends(command)).then(
        event(Policy.Named, key="BPF_CAP"),
        event(
            Policy.Set,
            value=PolicyValue(kind=PolicyValueKind.NUMBER, number=3),
            basis=PolicyBasis(decision_id=command.derived_id),
        ),
        event(
            Decision.Recorded,
            originator_id=command.derived_id,
            cycle_id=cycle_id(2018),
            year=2018,
            meeting_id=MEETING,
            on_list=False,
            method=DecisionMethod.NO_OBJECTION,
            announced_by=CHAIR.id,
            statement=Sealed("The MAG agreed."),
            rationale=Sealed("They were found ripe."),
            assessment_id=ASSESSMENT.derived_id,
            objections=0,
            outcomes=(Outcome(OutcomeKind.POLICY_SET, policy_id(2018, "BPF_CAP")),),
        ),
    )


def test_decision_without_outcomes_is_of_kind_procedure() -> None:
    given(CYCLE).when(CHAIR.sends(AGREED)).then(event(Decision.Recorded, outcomes=()))
    assert decision_kinds(()) == (DecisionKind.PROCEDURE,)


def test_a_decision_can_be_of_several_kinds() -> None:
    working_group = Establish(kind="WORKING_GROUP", name="WG on Fundraising")
    command = decide("all", cap(3), approve("ai"), OutcomeChoice(establish=working_group))

    outcome = given(CYCLE, submitted("ai")).when(CHAIR.sends(command))

    assert outcome.refused is None
    (decision,) = [one for one in outcome.scenario.appended if isinstance(one, Decision.Recorded)]
    assert decision_kinds(decision.outcomes) == (
        DecisionKind.POLICY,
        DecisionKind.SELECTION,
        DecisionKind.GROUPS,
    )
    assert [one.kind for one in decision.outcomes] == [
        OutcomeKind.POLICY_SET,
        OutcomeKind.PROPOSAL_APPROVED,
        OutcomeKind.GROUP_ESTABLISHED,
    ]


def test_a_decision_needs_a_meeting_or_the_list() -> None:
    given(CYCLE).when(CHAIR.sends(decide("a", meeting=None))).then(MeetingRequired())
    given(CYCLE).when(CHAIR.sends(decide("a", meeting=None, on_list=True))).then(
        event(Decision.Recorded, meeting_id=None, on_list=True)
    )
    given(CYCLE).when(CHAIR.sends(decide("a", on_list=True))).then(
        BadValue(field="on_list", problem="it was taken at a meeting.")
    )


@pytest.mark.parametrize(
    ("year", "held", "problem"),
    [
        (2018, "2018-04-05", "it had not begun at that time."),
        (2018, "2018-01-10", "it was over at that time."),
        (2019, "2018-04-01", "it belongs to another cycle."),
    ],
)
def test_the_meeting_is_one_of_the_cycle_that_has_begun(year: int, held: str, problem: str) -> None:
    command = decide("a", meeting=meeting_id(year, "VIRTUAL", 2))

    given(CYCLE, NEXT_CYCLE, a_meeting(year, held)).when(CHAIR.sends(command)).then(
        BadValue(field="meeting", problem=problem)
    )


@pytest.mark.parametrize(
    "outcome", [approve("ai"), OutcomeChoice(decline=Decline(proposal=proposal_id("ai")))]
)
def test_a_selection_gives_its_rationale_and_the_assessment_it_rests_on(
    outcome: OutcomeChoice,
) -> None:
    given(CYCLE, submitted("ai")).when(CHAIR.sends(decide("a", outcome, rationale=None))).then(
        RationaleRequired()
    )
    given(CYCLE, submitted("ai")).when(CHAIR.sends(decide("a", outcome, assessment=None))).then(
        AssessmentRequired(assessments=1)
    )


def test_the_assessment_is_one_of_this_cycle() -> None:
    other = AssessResources(command_id=id_of("assess 2019"), year=2019, capacity=5)
    history = (CYCLE, NEXT_CYCLE, SECRETARIAT.sends(other), submitted("ai"))

    for assessment in (other.derived_id, id_of("nothing")):
        for outcomes in ([approve("ai")], []):
            command = decide("a", *outcomes, assessment=assessment)
            given(*history).when(CHAIR.sends(command)).then(AssessmentRequired(assessments=1))


def test_imported_decision_lacks_what_its_sources_lack() -> None:
    fields = {
        "rationale": None,
        "assessment": None,
        "meeting": None,
        "method": None,
        "occurred": Occurred.parse("2018-03"),
    }
    submission = submit(
        "ai", occurred=Occurred.parse("2018-02"), provenance=Provenance(Ground.IMPORTED)
    )
    history = (CYCLE, OPERATOR.sends(submission))

    for ground in (Ground.IMPORTED, Ground.INFERRED):
        command = decide("a", approve("ai"), **fields, provenance=Provenance(ground))
        outcome = given(*history).when(OPERATOR.sends(command))
        assert outcome.refused is None
    command = decide("a", **fields | {"assessment": id_of("x"), "provenance": Provenance(ground)})
    given(*history).when(OPERATOR.sends(command)).then(AssessmentRequired(assessments=1))


def test_live_decision_of_the_operator_lacks_nothing() -> None:
    live = Provenance(Ground.LIVE)
    command = decide("a", announced_by=CHAIR.id, meeting=None, provenance=live)

    given(CYCLE).when(OPERATOR.sends(command)).then(MeetingRequired())


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (decide("a", year=2017), NotFound(kind="cycle", id=str(cycle_id(2017)))),
        (decide("a", statement=""), BadValue(field="statement", problem="it is empty.")),
        (decide("a", rationale=" "), BadValue(field="rationale", problem="it is empty.")),
        (
            decide("a", objections=-1),
            BadValue(field="objections", problem="-1 is not from 0 to 1000."),
        ),
        (
            decide("a", method=DecisionMethod.NO_OBJECTION, objections=2),
            BadValue(field="objections", problem="a decision without objection has none."),
        ),
        (decide("a", *[cap(3)] * 51), BadValue(field="outcomes", problem="at most 50.")),
        (
            decide("a", OutcomeChoice()),
            BadValue(field="outcomes.0", problem="give exactly one outcome."),
        ),
        (
            decide(
                "a",
                OutcomeChoice(
                    approve=Approve(proposal=id_of("a"), group_name="A"),
                    decline=Decline(proposal=id_of("a")),
                ),
            ),
            BadValue(field="outcomes.0", problem="give exactly one outcome."),
        ),
        (decide("a", expected_version=1), StaleVersion(id=cycle_id(2018), expected=1, actual=2)),
    ],
)
def test_decision_with_a_malformed_value_is_refused(
    command: RecordDecision, refused: BadValue | NotFound | StaleVersion
) -> None:
    given(CYCLE).when(CHAIR.sends(command)).then(refused)


def test_how_a_decision_was_taken_is_unknown_where_no_source_states_it() -> None:
    inferred = Provenance(Ground.INFERRED)
    for given_on_list, stored in ((None, None), (False, False), (True, True)):
        command = decide(
            f"inferred {stored}", meeting=None, on_list=given_on_list, provenance=inferred
        )
        given(CYCLE).when(OPERATOR.sends(command)).then(
            event(Decision.Recorded, meeting_id=None, on_list=stored)
        )
