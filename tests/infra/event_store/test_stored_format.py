"""The stored format only grows, in the two ways of ADR 0022."""

from tests.infra.event_store.event_strategies import SUBJECTS
from tests.infra.event_store.format_rules import faults
from tests.infra.event_store.stored_format import CHECKED_IN, anew
from tests.landed_lines import lines_of


def test_stored_format_changes_no_line_that_has_landed() -> None:
    assert faults(lines_of(CHECKED_IN), SUBJECTS) == [], (
        "Events that are recorded already would be misread: make the field optional, or give the"
        " event a new topic and an upcast from the old one."
    )


def test_stored_format_is_checked_in() -> None:
    assert anew() == CHECKED_IN.read_text(), (
        "If a line was added, print the file anew (its heading says how)."
    )
