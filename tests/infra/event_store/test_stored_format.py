"""The stored format only grows, in the two ways of ADR 0022."""

from tests.infra.event_store.event_strategies import SUBJECTS
from tests.infra.event_store.format_rules import faults
from tests.infra.event_store.stored_format import CHECKED_IN, anew, stored_correction
from tests.landed_lines import lines_of

_ACT = (
    '{"actor":{"person":null,"role":"OPERATOR"},"command":"00000000-0000-4000-8000-000000000001",'
    '"occurred":{"at":"2018-04","precision":"MONTH"},"provenance":{"ground":"LIVE","sources":[]}}'
)
_DATA = (
    '{"assessment_id":"00000000-0000-4000-8000-000000000001","capacity":1,"note":{"sealed":"00ff"}}'
)
_CORRECTION = (
    f'cycle.fact_corrected.v1 {{"fact":{{"act":{_ACT},"data":{_DATA},'
    '"topic":"cycle.resources_assessed.v1","version":2},"reason":{"sealed":"00ff"}}'
)


def test_stored_format_changes_no_line_that_has_landed() -> None:
    assert faults(lines_of(CHECKED_IN), SUBJECTS) == [], (
        "Events that are recorded already would be misread: make the field optional, or give the"
        " event a new topic and an upcast from the old one."
    )


def test_stored_format_is_checked_in() -> None:
    assert anew() == CHECKED_IN.read_text(), (
        "If a line was added, print the file anew (its heading says how)."
    )


def test_correction_holds_the_corrected_event_in_the_form_of_its_own_topic() -> None:
    assert stored_correction() == _CORRECTION, "Corrections that are recorded would be misread."
