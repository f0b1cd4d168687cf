"""The view of policies."""

from typing import Any

from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
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
    cap = history.begin(
        Policy, Policy.Adopted, CAP, at="2018-06", **of_2018, value=number(4), basis=set_by("four")
    )
    history.append(
        cap,
        Policy.Superseded,
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
            RuleDocument(number(3), set_by("three"), march, position=2),
            RuleDocument(number(4), set_by("four"), june, position=1),
        ),
    )
    assert POLICIES.lists(document) == under(cycle_id(2018), BPF_CAP)
