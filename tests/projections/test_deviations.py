"""The view of deviations."""

from uuid import UUID

import pytest

from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.rule.soft_rule import RuleStrength
from intersessional.projections.deviations import DEVIATIONS, deviations_kind
from intersessional.projections.kernel.view import CountKey, ListKey
from tests.projections.event_history import EventHistory, id_of

CYCLE, GROUP, PROPOSAL = cycle_id(2018), id_of("group"), id_of("proposal")


def recorded(cycle: UUID | None, group: UUID | None, subject: UUID) -> EventHistory:
    history = EventHistory()
    history.begin(
        Deviation,
        Deviation.Recorded,
        id_of("deviation"),
        rule="LENGTH_ADVISED",
        strength=RuleStrength.FLAG,
        cycle_id=cycle,
        group_id=group,
        subject=subject,
        facts=(Fact("words", number=40),),
        rationale=None,
    )
    return history


def test_deviation_is_listed_by_cycle_group_and_subject_with_its_rule_and_without() -> None:
    document = recorded(CYCLE, GROUP, PROPOSAL).document(DEVIATIONS, id_of("deviation"))

    assert document is not None
    assert document.facts == (Fact("words", number=40),)
    assert set(DEVIATIONS.lists(document)) == {
        ListKey(CYCLE, deviations_kind(rule, group))
        for rule in (None, "LENGTH_ADVISED")
        for group in (None, GROUP)
    } | {
        ListKey(parent, deviations_kind(rule))
        for parent in (GROUP, PROPOSAL)
        for rule in (None, "LENGTH_ADVISED")
    }
    assert set(DEVIATIONS.counts(document)) == {
        CountKey(parent, "RULE", "LENGTH_ADVISED") for parent in (CYCLE, GROUP, PROPOSAL)
    }


@pytest.mark.parametrize(("cycle", "group"), [(CYCLE, None), (None, GROUP), (None, None)])
def test_deviation_is_counted_once_by_each_thing_that_it_is_of(
    cycle: UUID | None, group: UUID | None
) -> None:
    document = recorded(cycle, group, CYCLE).document(DEVIATIONS, id_of("deviation"))

    assert document is not None
    counts = list(DEVIATIONS.counts(document))
    assert {count.parent for count in counts} == {CYCLE, cycle, group} - {None}
    assert len(counts) == len(set(counts))
    assert {one.parent for one in DEVIATIONS.lists(document)} == {count.parent for count in counts}
