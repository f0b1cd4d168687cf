"""The view of policies."""

from datetime import UTC, datetime
from typing import Any

from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.view import under
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument
from tests.projections.event_history import EventHistory, id_of

CAP = policy_id(2018, BPF_CAP)


def set_by(decision: str) -> PolicyBasis:
    return PolicyBasis(decision_id=id_of(decision))


def number(value: int) -> PolicyValue:
    return PolicyValue(kind=PolicyValueKind.NUMBER, number=value)


def test_rules_stand_in_the_order_of_their_effect() -> None:
    history = EventHistory()
    of_2018: dict[str, Any] = {"cycle_id": cycle_id(2018), "year": 2018, "key": BPF_CAP}
    cap = history.begin(Policy, Policy.Named, CAP, at="2018-06", **of_2018)
    history.append(cap, Policy.Set, at="2018-06", **of_2018, value=number(4), basis=set_by("four"))
    history.append(
        cap,
        Policy.Set,
        at="2018-03",
        **of_2018,
        value=number(3),
        basis=set_by("three"),
    )

    document = history.document(POLICIES, CAP)

    march, june = Occurred.parse("2018-03"), Occurred.parse("2018-06")
    assert document == PolicyDocument(
        cycle_id=cycle_id(2018),
        key=BPF_CAP,
        rules=(
            RuleDocument(number(3), set_by("three"), march, position=3),
            RuleDocument(number(4), set_by("four"), june, position=2),
        ),
    )
    assert POLICIES.lists(document) == under(cycle_id(2018), BPF_CAP)


def test_a_matter_without_a_rule_has_no_policy() -> None:
    history = EventHistory()
    history.begin(Policy, Policy.Named, CAP, cycle_id=cycle_id(2018), year=2018, key=BPF_CAP)

    assert fold(POLICIES, history.recorded, AsOf(history.position)) == {}


def test_a_policy_exists_from_the_rule_on_that_took_effect_first() -> None:
    history = EventHistory()
    of_2018: dict[str, Any] = {"cycle_id": cycle_id(2018), "year": 2018, "key": BPF_CAP}
    cap = history.begin(Policy, Policy.Named, CAP, at="2018-06-01", **of_2018)
    for day, value in (("2018-06-01", 4), ("2018-03-01", 3)):
        history.append(cap, Policy.Set, at=day, **of_2018, value=number(value), basis=set_by(day))

    in_april = AsOf(history.position, datetime(2018, 4, 1, tzinfo=UTC))
    found = fold(POLICIES, history.recorded, in_april)

    assert [rule.value for rule in found[CAP].document.rules] == [number(3)]
