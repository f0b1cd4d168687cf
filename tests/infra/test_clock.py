"""A clock is trusted while it agrees with the database's and with the record."""

from datetime import UTC, datetime, timedelta

import pytest

from intersessional.domain.command_handling.event_store import ClockDiffers
from intersessional.infra.clock import ROUND_TRIP_S_MAX, CheckedClock

NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)


class Machine:
    """A machine whose clock and timer a test sets, and a database's clock."""

    def __init__(self) -> None:
        self.wall = self.database = NOON
        self.timer_s = 100.0
        self.clock = CheckedClock(lambda: self.wall, tolerance_s=5, timer=lambda: self.timer_s)

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.database += timedelta(seconds=seconds)
        self.timer_s += seconds

    def read(self, *, recorded_at: datetime | None = None, took_s: float = 0) -> None:
        """Read the database's clock, in the middle of the time that it takes."""
        asked_at = self.timer_s
        self.pass_time(took_s / 2)
        instant = self.database
        self.pass_time(took_s / 2)
        self.clock.read(instant, recorded_at, asked_at)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_clocks_that_agree_are_trusted(machine: Machine) -> None:
    assert machine.clock() == NOON
    for took_s in (0, 0.5):
        machine.read(took_s=took_s)
        machine.pass_time(3_600)
        machine.wall += timedelta(seconds=1)

        assert machine.clock() == machine.wall
        assert machine.clock.fault is None


@pytest.mark.parametrize("jump_s", [-3_456_000, -6, 6, 3_456_000])
def test_jump_of_the_clock_is_seen_at_once_and_steady_time_goes_on(
    machine: Machine, jump_s: float
) -> None:
    machine.read()
    machine.pass_time(10)
    machine.wall += timedelta(seconds=jump_s)

    with pytest.raises(ClockDiffers):
        machine.clock()
    assert machine.clock.steady() == NOON + timedelta(seconds=10)
    machine.wall -= timedelta(seconds=jump_s)
    assert machine.clock() == machine.wall


def test_database_whose_clock_is_wrong_is_not_believed(machine: Machine) -> None:
    machine.read()
    machine.database += timedelta(days=1)
    machine.read()

    with pytest.raises(ClockDiffers, match="86400 s behind the database's"):
        machine.clock()


@pytest.mark.parametrize("jump", [timedelta(days=40), timedelta(days=-40)])
def test_jump_of_the_database_expires_no_token_and_revives_none(
    machine: Machine, jump: timedelta
) -> None:
    machine.read()
    machine.database += jump
    for _ in range(3):
        machine.pass_time(60)
        machine.read()

        assert machine.clock.fault is not None
        assert machine.clock.steady() == machine.wall
    machine.database -= jump
    machine.read()
    assert machine.clock.fault is None


@pytest.mark.parametrize("days", [1, 40])
def test_node_that_starts_believes_no_database_that_is_behind_the_record(
    machine: Machine, days: int
) -> None:
    machine.database -= timedelta(days=days)
    machine.read(recorded_at=NOON - timedelta(minutes=1))
    machine.pass_time(10)
    machine.read(recorded_at=NOON - timedelta(minutes=1))

    assert machine.clock.steady() == machine.wall
    with pytest.raises(ClockDiffers):
        machine.clock()

    machine.database = machine.wall
    machine.read(recorded_at=NOON - timedelta(minutes=1))
    assert machine.clock() == machine.clock.steady() == machine.wall


def test_node_that_starts_with_a_clock_behind_the_record_believes_the_database(
    machine: Machine,
) -> None:
    machine.wall -= timedelta(days=40)
    machine.read(recorded_at=NOON - timedelta(minutes=1))

    assert machine.clock.steady() == machine.database


def test_node_that_starts_with_both_clocks_after_the_record_believes_the_database(
    machine: Machine,
) -> None:
    machine.database += timedelta(days=40)
    machine.read(recorded_at=NOON - timedelta(minutes=1))

    assert machine.clock.steady() == machine.database


def test_time_that_both_clocks_show_is_taken_whatever_the_timer_says(machine: Machine) -> None:
    machine.read()
    machine.database += timedelta(days=40)
    machine.read()
    machine.wall += timedelta(days=40)

    machine.read()

    assert machine.clock.steady() == machine.clock() == machine.wall


def test_machine_that_was_suspended_is_trusted_after_the_next_reading(machine: Machine) -> None:
    machine.read()
    # The timer stands while a machine sleeps.
    machine.wall += timedelta(hours=8)
    machine.database += timedelta(hours=8)
    assert machine.clock.fault is not None

    machine.read()

    assert machine.clock() == machine.wall


def test_slow_answer_tells_no_time(machine: Machine) -> None:
    machine.read()
    machine.database += timedelta(days=1)

    machine.read(took_s=2 * ROUND_TRIP_S_MAX)

    assert machine.clock.fault is None


def test_event_of_the_future_is_a_fault_until_its_time_comes(machine: Machine) -> None:
    machine.read(recorded_at=NOON + timedelta(seconds=60))
    with pytest.raises(ClockDiffers, match="60 s from now"):
        machine.clock()

    machine.pass_time(56)

    assert machine.clock() == machine.wall


def test_what_is_no_record_needs_only_that_the_clocks_agree(machine: Machine) -> None:
    machine.read(recorded_at=NOON + timedelta(days=1))
    assert machine.clock.agreed() == NOON

    machine.database += timedelta(days=40)
    machine.read()
    with pytest.raises(ClockDiffers, match="3456000 s behind"):
        machine.clock.agreed()


def test_fault_is_logged_when_it_begins_and_when_it_ends(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.read()
    for jump in (timedelta(days=1), timedelta()):
        machine.wall = NOON + jump
        for _ in range(5):
            assert (machine.clock.fault is None) == (not jump)

    assert [one.levelname for one in caplog.records] == ["ERROR", "WARNING"]
