"""Kinds of group are data: what applies to a kind, and from when on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.commands import Establish, OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.commands import DefineGroupKind
from intersessional.domain.group_kind.group_kind import GroupKind
from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import group_kind_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, LimitReached, RoleRequired
from intersessional.domain.proposal.proposal import Proposal
from tests.domain.actors import CHAIR, MEMBER, OPERATOR, SECRETARIAT, id_of, in_the_name_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, approve, cap, decide, moot, submit, submitted


def define(
    key: str = "POLICY_NETWORK", occurred: str = "2018-01-01", **rules: object
) -> SentCommand:
    """A kind of group was defined, as a source tells."""
    fields = {"name": "Policy Network", "proposed": True, "windowed": True} | rules
    command = DefineGroupKind(
        command_id=id_of(f"{key} {occurred}"),
        key=key,
        occurred=Occurred.parse(occurred),
        provenance=Provenance(Ground.IMPORTED),
        **fields,  # type: ignore[arg-type]
    )
    return OPERATOR.sends(command)


NETWORK = MEMBER.sends(submit("meaningful access", group_kind="POLICY_NETWORK"))


def test_a_kind_is_defined_and_its_groups_are_proposed_and_approved() -> None:
    given(CYCLE, define(), NETWORK).when(
        CHAIR.sends(decide("network", approve("meaningful access")))
    ).then(
        Proposal.Approved,
        event(Group.Established, kind="POLICY_NETWORK"),
        event(Cycle.GroupAdmitted, kind="POLICY_NETWORK", capped_by=None),
        Decision.Recorded,
    )


def test_an_unknown_kind_is_refused_wherever_a_kind_is_named() -> None:
    establish = OutcomeChoice(establish=Establish(kind="POLICY_NETWORK", name="A network"))
    unknown = UnknownGroupKind(key="POLICY_NETWORK")

    given(CYCLE).when(NETWORK).then(unknown)
    given(CYCLE).when(MEMBER.sends(moot("a", group_kind="POLICY_NETWORK"))).then(unknown)
    given(CYCLE).when(CHAIR.sends(decide("network", establish))).then(unknown)


def test_a_kind_is_unknown_before_it_was_defined() -> None:
    later = define(occurred="2018-04-01")
    before = moot("a", group_kind="POLICY_NETWORK", occurred=Occurred.parse("2018-03-31"))

    given(CYCLE, later).when(in_the_name_of(MEMBER).sends(before)).then(
        UnknownGroupKind(key="POLICY_NETWORK")
    )


def test_kinds_that_name_the_same_cap_count_together() -> None:
    history = (
        CYCLE,
        define("CENB", capped_by="BPF_CAP"),
        CHAIR.sends(decide("cap", cap(1))),
        MEMBER.sends(submit("cenb", group_kind="CENB")),
        submitted("ai"),
        CHAIR.sends(decide("ai", approve("ai"))),
    )

    given(*history).when(CHAIR.sends(decide("cenb", approve("cenb")))).then(
        CapExceeded(policy="BPF_CAP", cap=1, approved=1)
    )


def test_a_built_in_kind_is_redefined_from_a_time_on() -> None:
    record = given(CYCLE, define("WORKING_GROUP", "2018-04-01"), define("WORKING_GROUP", "2018-02"))

    kind = record.aggregate(GroupKind, group_kind_id("WORKING_GROUP"))

    assert kind.rules_at(Occurred.parse("2018-01-31")) is None
    assert kind.rules_at(Occurred.parse("2018-03")) == GroupKindRules(
        proposed=True, capped_by=None, windowed=True
    )


@pytest.mark.parametrize("told", [(2, 3, 1), (3, 2, 1), (1, 2, 3), (1, 3, 2)])
def test_rules_told_in_any_order_are_in_force_by_their_time(told: tuple[int, ...]) -> None:
    record = given(CYCLE, [define(occurred=f"2018-0{m}-01", capped_by=f"M{m}_CAP") for m in told])

    kind = record.aggregate(GroupKind, group_kind_id("POLICY_NETWORK"))

    in_force = [
        kind.rules_at(Occurred.parse(at)) for at in ("2018-01-20", "2018-02-01", "2018-03-31")
    ]
    assert [rules and rules.capped_by for rules in in_force] == [
        "M1_CAP",
        "M2_CAP",
        "M3_CAP",
    ]


@pytest.mark.parametrize("key", ["policy_network", "A-B", "", "_A", "A__B", "A" * 61])
def test_a_key_is_in_upper_case(key: str) -> None:
    problem = "use upper-case letters and digits, in words joined by underscores."

    given(CYCLE).when(define(key)).then(BadValue(field="key", problem=problem))
    given(CYCLE).when(define(capped_by=key)).then(BadValue(field="capped_by", problem=problem))


def test_a_kind_is_capped_by_a_policy_that_is_a_cap() -> None:
    problem = "a cap has a key that ends with _CAP."

    given(CYCLE).when(define(capped_by="SCOPE")).then(BadValue(field="capped_by", problem=problem))


def test_a_kind_is_defined_a_limited_number_of_times() -> None:
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range(91)]
    history = [define(occurred=day.isoformat()) for day in days[:90]]
    history += [define(occurred=f"{day.isoformat()}/{day.isoformat()}") for day in days[:10]]

    given(CYCLE, history).when(define(occurred="2018-04-03")).then(
        LimitReached(kind="definitions of a kind of group", most=100)
    )


def test_the_secretariat_changes_a_kind_only_on_a_decision() -> None:
    new = DefineGroupKind(command_id=id_of("new"), key="POLICY_NETWORK", name="Policy Network")
    built_in = DefineGroupKind(command_id=id_of("bpf"), key="BPF", name="Forum")
    decision = decide("uncap")

    given(CYCLE).when(SECRETARIAT.sends(new)).then(
        event(GroupKind.Named, key="POLICY_NETWORK"), event(GroupKind.Defined, decision_id=None)
    )
    for changed in (new, built_in):
        again = replace(changed, command_id=id_of("again"))
        given(CYCLE, SECRETARIAT.sends(new)).when(SECRETARIAT.sends(again)).then(DecisionRequired())
        mandated = replace(again, decision=decision.derived_id)
        given(CYCLE, SECRETARIAT.sends(new), CHAIR.sends(decision)).when(
            SECRETARIAT.sends(mandated)
        ).then(
            *([event(GroupKind.Named, key="BPF")] if changed is built_in else []),
            event(GroupKind.Defined, decision_id=decision.derived_id),
        )


def test_only_the_secretariat_defines_a_kind() -> None:
    command = DefineGroupKind(command_id=id_of("kind"), key="A", name="A kind")

    given(CYCLE).when(MEMBER.sends(command)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


def test_a_kind_under_a_cap_is_not_established_outside_the_cycles() -> None:
    lab = Establish(kind="LAB", name="A lab", outside_cycles=True)

    given(CYCLE, define("LAB", proposed=False, capped_by="LAB_CAP")).when(
        CHAIR.sends(decide("lab", OutcomeChoice(establish=lab)))
    ).then(
        BadValue(
            field="outcomes.0.establish.outside_cycles",
            problem="groups of this kind count under a cap in their cycle.",
        )
    )
