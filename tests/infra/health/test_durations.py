"""What is looked at now and then is judged by how long it has held."""

from intersessional.infra.health.durations import LaggingViews, LockHolders


def test_lock_is_held_too_long_by_the_same_transaction_only() -> None:
    holders = LockHolders[str](held_s=5.0)

    assert holders.update(frozenset({"3/17", "4/2"}), 0.0) == frozenset()
    assert holders.update(frozenset({"3/18", "4/2"}), 5.0) == {"4/2"}
    assert holders.update(frozenset({"3/19"}), 10.0) == frozenset()


def test_view_lags_when_it_does_not_reach_in_time_what_had_been_recorded() -> None:
    views = LaggingViews(lag_s=60.0)

    assert views.update({"groups": 5, "drafts": 5}, 9, 0.0) == []
    assert views.update({"groups": 9, "drafts": 8}, 12, 60.0) == ["drafts"]
    assert views.update({"groups": 11, "drafts": 12}, 12, 100.0) == []
    assert views.update({"groups": 11}, 12, 120.0) == ["groups"]


def test_view_that_always_moves_does_not_lag_however_much_is_recorded() -> None:
    views = LaggingViews(lag_s=60.0)

    for turn in range(10):
        assert views.update({"groups": turn * 10}, turn * 10 + 10, turn * 59.0) == []


def test_view_does_not_lag_behind_what_a_restored_record_has_lost() -> None:
    views = LaggingViews(lag_s=60.0)

    assert views.update({"groups": 5, "drafts": 5}, 9, 0.0) == []
    assert views.update({"groups": 7, "drafts": 6}, 7, 60.0) == []
    assert views.update({"groups": 7, "drafts": 6}, 7, 120.0) == ["drafts"]
