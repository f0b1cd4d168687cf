"""The input of a command's digest is final from the first command on."""

from tests.infra.event_store.command_rules import faults
from tests.infra.event_store.stored_commands import CHECKED_IN, anew, stored_commands
from tests.landed_lines import lines_of


def test_stored_commands_change_no_line_that_has_landed() -> None:
    assert faults(lines_of(CHECKED_IN), stored_commands()) == [], (
        "A command that was recorded before would not be recognised when it is sent again: give the"
        " field a default, or the command a new topic."
    )


def test_stored_commands_are_checked_in() -> None:
    assert anew() == CHECKED_IN.read_text(), (
        "If a line was added, print the file anew (its heading says how)."
    )
