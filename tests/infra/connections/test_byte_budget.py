"""What the connections of a node hold is bounded; the largest is closed."""

import logging

import pytest

from intersessional.infra.connections.byte_budget import ByteBudget


class Connection:
    def __init__(self) -> None:
        self.is_aborted = False

    def abort(self) -> None:
        self.is_aborted = True


def test_largest_connection_is_aborted_when_all_hold_too_much(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = ByteBudget("messages", 100)
    small, large, last = Connection(), Connection(), Connection()

    for connection, size in ((small, 10), (large, 30), (large, 60), (last, 31)):
        held.hold(connection, size)

    assert [one.is_aborted for one in (small, large, last)] == [False, True, False]
    assert held.total == 41
    assert "messages hold 101 bytes" in caplog.text
    assert caplog.records[0].levelno == logging.WARNING


def test_what_is_given_up_is_held_no_more() -> None:
    held = ByteBudget("messages", 100)
    connection = Connection()

    for size in (90, 0, 90, 20):
        held.hold(connection, size)

    assert held.total == 20
    assert not connection.is_aborted
