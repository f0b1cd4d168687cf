"""The view of policies."""

from typing import Any

from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.projections.kernel.view import under
from intersessional.projections.policies import POLICIES, PolicyDocument, RuleDocument
from tests.projections.event_history import EventHistory, id_of

CAP = policy_id(2018, PolicyKey.BPF_CAP.value)


def test_a_superseded_rule_stays_with_the_position_that_ended_it() -> None:
    history = EventHistory()
    of_2018: dict[str, Any] = {
        "cycle_id": cycle_id(2018),
        "year": 2018,
        "key": PolicyKey.BPF_CAP,
    }
    cap = history.begin(
        Policy,
        Policy.Adopted,
        CAP,
        **of_2018,
        value=3,
        decision_id=id_of("cap"),
        rationale=Sealed("BPFs take resources"),
    )
    history.append(
        cap, Policy.Superseded, **of_2018, value=4, decision_id=id_of("selection"), rationale=None
    )

    document = history.document(POLICIES, CAP)

    assert document == PolicyDocument(
        cycle_id=cycle_id(2018),
        key=PolicyKey.BPF_CAP,
        rules=(
            RuleDocument(
                3, id_of("cap"), Sealed("BPFs take resources"), position=1, historical=False
            ),
            RuleDocument(4, id_of("selection"), None, position=2, historical=False),
        ),
    )
    assert POLICIES.lists(document) == under(cycle_id(2018), "BPF_CAP")
