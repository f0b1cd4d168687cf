"""Limits on requests: who pays for what, and what is refused."""

from ipaddress import IPv4Address
from uuid import UUID

import pytest

from intersessional.infra.rate_limits.request_limits import RateLimited, RequestLimits

ANA, BO = UUID(int=1), UUID(int=2)
HERE, THERE = IPv4Address("192.0.2.1"), IPv4Address("192.0.2.2")


def limits(**given: int) -> RequestLimits:
    """Limits of which a third may be spent at once."""
    points = {"person_points_max": 300, "address_points_max": 300, "anonymous_points_max": 3_000}
    return RequestLimits(**(points | given))


def test_points_that_are_spent_are_refused_with_the_time_of_the_next() -> None:
    account = limits().account(None, HERE)
    account.charge(109)

    with pytest.raises(RateLimited) as refused:
        account.charge(1)

    assert refused.value.retry_after_s == 2
    assert 1_900 < (refused.value.extensions or {})["retryAfterMs"] <= 2_000


def test_last_points_pay_for_any_request_and_the_next_one_waits_for_it() -> None:
    account = limits().account(None, HERE)
    account.charge(99)

    account.charge(10_000)
    with pytest.raises(RateLimited) as refused:
        account.charge(1)

    assert refused.value.retry_after_s == 2_000


def test_each_person_and_each_address_has_points_of_its_own() -> None:
    accounts = limits()
    accounts.account(None, HERE).charge(100)
    accounts.account(ANA, HERE).charge(100)

    accounts.account(None, THERE).charge(100)
    accounts.account(BO, HERE).charge(100)
    with pytest.raises(RateLimited):
        accounts.account(ANA, THERE).charge(1)


def test_addresses_together_leave_points_to_those_who_have_signed_in() -> None:
    accounts = limits(anonymous_points_max=300)
    accounts.account(None, HERE).charge(100)

    with pytest.raises(RateLimited):
        accounts.account(None, THERE).charge(1)
    accounts.account(ANA, HERE).charge(100)


def test_what_an_address_is_refused_is_not_taken_from_the_others() -> None:
    accounts = limits(anonymous_points_max=450)
    here = accounts.account(None, HERE)
    here.charge(100)
    for _ in range(10):
        with pytest.raises(RateLimited):
            here.charge(50)

    accounts.account(None, THERE).charge(50)


def test_answer_that_was_larger_than_the_points_left_is_paid_with_those_to_come() -> None:
    account = limits().account(ANA, None)
    account.charge_done(1_000)

    with pytest.raises(RateLimited):
        account.charge(1)


def test_refusals_are_one_line_in_the_log_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    account = limits().account(None, HERE)
    account.charge(1_000)

    for _ in range(3):
        with pytest.raises(RateLimited):
            account.charge(1)

    [line] = caplog.messages
    assert "address 192.0.2.1" in line
    assert "INTERSESSIONAL_TRUSTED_PROXIES" in line
