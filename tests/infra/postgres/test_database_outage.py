"""What a statement misses in the database is told with its stack, and seldom."""

import logging

import asyncpg
import pytest

from intersessional.infra.postgres import database_outage
from intersessional.infra.postgres.database_outage import MESSAGES_MAX, DatabaseOutage

logger = logging.getLogger(__name__)


def missing(table: str) -> asyncpg.UndefinedTableError:
    return asyncpg.UndefinedTableError(f'relation "{table}" does not exist')


def stacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.stack_info]


def test_same_table_missed_many_times_is_one_stack(caplog: pytest.LogCaptureFixture) -> None:
    part = DatabaseOutage(logger, "the pool")
    for _ in range(1_000):
        part.missed(missing("openings"))
    part.missed(missing("closings"))

    assert len(caplog.records) == 2
    assert [("openings" in one, "closings" in one) for one in stacks(caplog)] == [
        (True, False),
        (False, True),
    ]
    assert (part.missed_count, part.count, part.failures) == (1_001, 0, 0)


def test_ever_other_errors_are_a_bounded_number_of_stacks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    part = DatabaseOutage(logger, "the pool")
    for number in range(1_000):
        part.missed(missing(str(number)))

    assert len(caplog.records) == MESSAGES_MAX


def test_what_is_missed_is_told_again_after_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = DatabaseOutage(logger, "the pool")
    assert not part.is_missing
    part.missed(missing("openings"))
    assert part.is_missing

    monkeypatch.setattr(database_outage, "MISSING_S", 0.0)
    assert not part.is_missing
    part.missed(missing("openings"))

    assert len(stacks(caplog)) == 2


def test_outage_of_a_part_that_misses_something_begins_with_a_stack(
    caplog: pytest.LogCaptureFixture,
) -> None:
    part = DatabaseOutage(logger, "the tail")
    part.failed(missing("head"))
    part.failed(missing("head"))
    part.ended()

    assert len(stacks(caplog)) == 1
    assert (part.count, len(caplog.records)) == (1, 3)


def test_connection_that_is_lost_is_told_without_a_stack(
    caplog: pytest.LogCaptureFixture,
) -> None:
    part = DatabaseOutage(logger, "the tail")
    part.failed(ConnectionRefusedError("5432"))

    assert (len(caplog.records), stacks(caplog), part.is_missing) == (1, [], False)
