"""What the connections of a node hold is bounded; what stands still is closed."""

import pytest

from intersessional.infra.connections.byte_budget import ByteBudget


class Connection:
    def __init__(self) -> None:
        self.is_aborted = False

    def abort(self) -> None:
        self.is_aborted = True


def test_connection_that_stands_still_is_aborted_when_all_hold_too_much() -> None:
    held = ByteBudget("messages", 100)
    first, still, last = Connection(), Connection(), Connection()

    for connection, size in ((first, 10), (still, 30), (first, 60), (last, 31)):
        held.hold(connection, size)

    assert [one.is_aborted for one in (first, still, last)] == [False, True, False]
    assert held.total == 91


def test_log_has_a_line_when_connections_are_aborted_first_and_one_when_that_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = ByteBudget("messages", 100)
    connections = [Connection() for _ in range(5)]

    for connection in connections:
        held.hold(connection, 60)
    held.hold(connections[4], 0)

    assert caplog.messages == [
        "messages are refused: they hold 120 bytes",
        "messages are accepted again; 4 were refused",
    ]


def test_what_is_given_up_is_held_no_more() -> None:
    held = ByteBudget("messages", 100)
    connection = Connection()

    for size in (90, 0, 90, 20):
        held.hold(connection, size)

    assert held.total == 20
    assert not connection.is_aborted
