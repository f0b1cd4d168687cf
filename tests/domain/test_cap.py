"""The cap on Best Practice Forums, and how it is superseded (DOMAIN row 8)."""

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import AssessResources, OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import RationaleRequired
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.policy.policy import Policy
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.domain.proposal.proposal import Proposal
from tests.domain.actors import CHAIR, MEMBER, OPERATOR, SECRETARIAT, id_of, in_the_name_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approve,
    approved,
    cap,
    decide,
    proposal_id,
    submit,
    submitted,
)

CAP_OF_THREE = CHAIR.sends(decide("cap", cap(3)))
THREE_APPROVED = (
    *CYCLE,
    CAP_OF_THREE,
    *approved("cybersecurity"),
    *approved("gender"),
    *approved("local content"),
)


def test_a_fourth_approval_under_a_cap_of_three_is_refused() -> None:
    command = decide("approve ai", approve("ai"))

    given(THREE_APPROVED, submitted("ai")).when(CHAIR.sends(command)).then(
        CapExceeded(policy="BPF_CAP", cap=3, approved=3)
    )


def test_sources_do_not_excuse_from_the_cap() -> None:
    for ground in (Ground.IMPORTED, Ground.INFERRED):
        command = decide("ai", approve("ai"), announced_by=CHAIR.id, provenance=Provenance(ground))
        given(THREE_APPROVED, submitted("ai")).when(OPERATOR.sends(command)).then(
            CapExceeded(policy="BPF_CAP", cap=3, approved=3)
        )


def test_two_approvals_with_one_place_under_the_cap_are_refused_together() -> None:
    command = decide("both", approve("ai"), approve("big data"))

    given(CYCLE, CHAIR.sends(decide("cap", cap(1))), submitted("ai", "big data")).when(
        CHAIR.sends(command)
    ).then(CapExceeded(policy="BPF_CAP", cap=1, approved=1))


def test_the_cap_can_be_superseded_in_the_same_decision_before_the_approval() -> None:
    given(THREE_APPROVED, submitted("ai")).when(
        CHAIR.sends(decide("four", cap(4), approve("ai")))
    ).then(
        event(Policy.Set, value=PolicyValue(kind=PolicyValueKind.NUMBER, number=4)),
        Proposal.Approved,
        Group.Established,
        event(Cycle.GroupAdmitted, kind="BPF"),
        Decision.Recorded,
    )


def test_superseding_the_cap_after_the_approval_is_too_late() -> None:
    given(THREE_APPROVED, submitted("ai")).when(
        CHAIR.sends(decide("four", approve("ai"), cap(4)))
    ).then(CapExceeded(policy="BPF_CAP", cap=3, approved=3))


def test_a_cap_is_not_raised_for_one_approval_and_lowered_again() -> None:
    given(THREE_APPROVED, submitted("ai")).when(
        CHAIR.sends(decide("trick", cap(4), approve("ai"), cap(3)))
    ).then(BadValue(field="outcomes", problem="two of them change the same subject."))


def test_setting_a_policy_gives_its_rationale_the_first_time_too() -> None:
    adopt, supersede = (decide(name, cap(3), rationale=None) for name in ("first", "second"))

    given(CYCLE).when(CHAIR.sends(adopt)).then(RationaleRequired())
    given(CYCLE, CAP_OF_THREE).when(CHAIR.sends(supersede)).then(RationaleRequired())


def test_cap_below_the_approvals_keeps_them_and_refuses_further_ones() -> None:
    history = (THREE_APPROVED, CHAIR.sends(decide("one", cap(1))), submitted("ai"))

    record = given(*history)

    assert record.aggregate(Cycle, cycle_id(2018)).count_admitted("BPF_CAP") == 3
    given(*history).when(CHAIR.sends(decide("ai", approve("ai")))).then(
        CapExceeded(policy="BPF_CAP", cap=1, approved=3)
    )


@pytest.mark.parametrize("value", [-1, 101, 2**53])
def test_a_cap_is_a_number_that_makes_sense(value: int) -> None:
    given(CYCLE).when(CHAIR.sends(decide("cap", cap(value)))).then(
        BadValue(field="outcomes.0.set_policy.value", problem=f"{value} is not from 0 to 100.")
    )


def test_approvals_are_not_limited_without_a_cap() -> None:
    given(CYCLE, *(approved(title) for title in "abcde"))


def test_the_cenb_does_not_count_under_the_cap() -> None:
    cenb = MEMBER.sends(submit("cenb", group_kind="CENB", phase=4))

    given(THREE_APPROVED, cenb).when(CHAIR.sends(decide("cenb", approve("cenb")))).then(
        Proposal.Approved,
        event(Group.Established, kind="CENB"),
        event(Cycle.GroupAdmitted, kind="CENB"),
        Decision.Recorded,
    )


def test_the_cap_of_one_cycle_is_not_that_of_another() -> None:
    # In 2019 the forums of 2018 would owe a report first.
    assess = AssessResources(command_id=id_of("assess 2020"), year=2020, capacity=1)
    next_cycle = (
        SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2020"), year=2020)),
        SECRETARIAT.sends(assess),
        MEMBER.sends(submit("ai", year=2020)),
    )
    in_2020 = decide(
        "ai", approve("ai"), year=2020, assessment=assess.derived_id, meeting=None, on_list=True
    )

    given(THREE_APPROVED, next_cycle).when(CHAIR.sends(in_2020)).then(
        Proposal.Approved, Group.Established, Cycle.GroupAdmitted, Decision.Recorded
    )
    given(THREE_APPROVED, next_cycle).when(CHAIR.sends(decide("ai", approve("ai")))).then(
        BadValue(field="outcomes.0.approve.proposal", problem="it belongs to another cycle.")
    )


def on_list(name: str, at: str, *outcomes: OutcomeChoice) -> SentCommand:
    """The MAG decides something on the list, at this time."""
    return CHAIR.sends(
        decide(name, *outcomes, occurred=Occurred.parse(at), meeting=None, on_list=True)
    )


def proposed(*names: str) -> list[SentCommand]:
    """Proposals are submitted in January."""
    january = Occurred.parse("2018-01-15")
    return [in_the_name_of(MEMBER).sends(submit(name, occurred=january)) for name in names]


FULL = (
    *CYCLE,
    *proposed("ai", "iot", "dns"),
    on_list("two", "2018-02-01T00:00:00Z", cap(2)),
    on_list("ai", "2018-03-01T00:00:00Z", approve("ai")),
    on_list("iot", "2018-03-01T12:00:00Z", approve("iot")),
)


@pytest.mark.parametrize("at", ["2018-03-01T11:59:59Z", "2018-02-15T00:00:00Z", "2018-02-15"])
def test_a_place_under_the_cap_is_not_won_by_a_time_in_the_past(at: str) -> None:
    given(FULL).when(on_list("dns", at, approve("dns"))).then(
        CapExceeded(policy="BPF_CAP", cap=2, approved=2)
    )


def test_an_approval_of_the_past_is_within_a_cap_that_was_lowered_since() -> None:
    lowered = (
        *CYCLE,
        *proposed("ai", "iot"),
        on_list("three", "2018-02-01", cap(3)),
        on_list("ai", "2018-02-10", approve("ai")),
        on_list("one", "2018-03-01", cap(1)),
    )

    given(lowered).when(on_list("iot", "2018-02-20", approve("iot"))).then(
        CapExceeded(policy="BPF_CAP", cap=1, approved=1)
    )


def test_an_approval_of_the_past_is_admitted_where_the_cap_always_has_a_place_for_it() -> None:
    raised = on_list("three", "2018-02-20", cap(3))

    given(FULL, raised).when(on_list("dns", "2018-02-15", approve("dns"))).then(
        Proposal.Approved,
        Group.Established,
        event(
            Cycle.GroupAdmitted,
            decision_id=decide("dns").derived_id,
            proposal_id=proposal_id("dns"),
        ),
        Decision.Recorded,
    )
