"""The reference fold: the results that every reader must have."""

from datetime import datetime
from typing import Any

import pytest

from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_form import BPF_CAP, COMMENT_WINDOW_WEEKS
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.projections.comments import COMMENTS
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold, fold_one, histories, page, uncertain
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.policies import POLICIES
from tests.projections.comment_events import DRAFT, post, withdraw
from tests.projections.event_history import EventHistory, id_of

FIRST, SECOND, THIRD = (id_of(name) for name in ("first", "second", "third"))


@pytest.fixture
def history() -> EventHistory:
    """Three comments, at positions 1, 2 and 4; the first is withdrawn at 3."""
    history = EventHistory()
    first = post(history, "first", at="2018-04-04")
    post(history, "second", at="2018-04-06T12:00:00Z")
    withdraw(history, first, at="2018-05")
    post(history, "third", at="2018-04-05T12:00:00Z")
    return history


def test_a_document_is_what_its_events_up_to_the_position_make_of_it(history: EventHistory) -> None:
    stood = [fold(COMMENTS, history.recorded, AsOf(n)) for n in range(5)]

    assert [[*found] for found in stood] == [
        [],
        [FIRST],
        [FIRST, SECOND],
        [FIRST, SECOND],
        [FIRST, SECOND, THIRD],
    ]
    assert [found[FIRST].document.withdrawn for found in stood[1:]] == [False, False, True, True]
    assert [(found[FIRST].created_at_position, found[FIRST].position) for found in stood[1:]] == [
        (1, 1),
        (1, 1),
        (1, 3),
        (1, 3),
    ]


def test_fold_counts_only_events_that_had_happened(history: EventHistory) -> None:
    found = fold(COMMENTS, history.recorded, _at("2018-04-06T00:00:00Z"))

    assert [*found] == [FIRST, THIRD]
    assert not found[FIRST].document.withdrawn
    assert (found[FIRST].created_at_position, found[FIRST].position) == (1, 1)


def test_a_document_whose_beginning_had_not_happened_does_not_exist(history: EventHistory) -> None:
    withdrawal = history.recorded[2]

    assert fold_one(COMMENTS, [withdrawal]) is None


def test_inside_its_period_an_event_is_uncertain(history: EventHistory) -> None:
    [posted, _, withdrawn, _] = history.recorded

    assert uncertain(COMMENTS, history.recorded, _at("2018-04-03T23:59:59Z")) == {}
    assert uncertain(COMMENTS, history.recorded, _at("2018-04-04T00:00:00Z")) == {FIRST: [posted]}
    assert uncertain(COMMENTS, history.recorded, _at("2018-04-05T00:00:00Z")) == {}
    assert uncertain(COMMENTS, history.recorded, _at("2018-05-31T23:59:59Z")) == {
        FIRST: [withdrawn]
    }
    assert uncertain(COMMENTS, history.recorded, AsOf(4)) == {}


def test_a_history_is_the_events_that_made_the_document(history: EventHistory) -> None:
    found = histories(COMMENTS, history.recorded, AsOf(3))

    assert {key: [one.position for one in events] for key, events in found.items()} == {
        FIRST: [1, 3],
        SECOND: [2],
    }


def test_a_page_holds_the_next_of_a_parent_in_the_order_of_birth(history: EventHistory) -> None:
    post(history, "elsewhere", draft=id_of("other draft"))
    found = fold(COMMENTS, history.recorded, AsOf(history.position))

    first = page(COMMENTS, found, ListKey(DRAFT), first=2)
    second = page(COMMENTS, found, ListKey(DRAFT), first=2, after=found[SECOND].cursor)
    nothing = page(COMMENTS, found, ListKey(id_of("no draft")), first=2)

    assert [one.key for one in first.items] == [FIRST, SECOND]
    assert (first.total, first.has_next) == (3, True)
    assert [one.key for one in second.items] == [THIRD]
    assert (second.total, second.has_next) == (3, False)
    assert (nothing.items, nothing.total, nothing.has_next) == ([], 0, False)


def test_documents_of_one_kind_are_paged_apart() -> None:
    history = EventHistory()
    for key in (BPF_CAP, COMMENT_WINDOW_WEEKS):
        _adopt(history, key)
    found = fold(POLICIES, history.recorded, AsOf(history.position))

    caps = page(POLICIES, found, ListKey(cycle_id(2018), "BPF_CAP"), first=10)
    all_of_them = page(POLICIES, found, ListKey(cycle_id(2018)), first=10)

    assert [one.key for one in caps.items] == [policy_id(2018, "BPF_CAP")]
    assert (caps.total, all_of_them.total) == (1, 2)


def test_event_that_concerns_no_document_changes_nothing(history: EventHistory) -> None:
    before = fold(COMMENTS, history.recorded, AsOf(history.position))
    _adopt(history, BPF_CAP)

    assert fold(COMMENTS, history.recorded, AsOf(history.position)) == before


def _adopt(history: EventHistory, key: str) -> None:
    of_2018: dict[str, Any] = {"cycle_id": cycle_id(2018), "year": 2018, "key": key}
    policy = history.begin(Policy, Policy.Named, policy_id(2018, key), **of_2018)
    history.append(
        policy,
        Policy.Set,
        **of_2018,
        value=PolicyValue(kind=PolicyValueKind.NUMBER, number=3),
        basis=PolicyBasis(decision_id=id_of("decision")),
    )


def _at(instant: str) -> AsOf:
    return AsOf(4, datetime.fromisoformat(instant))
