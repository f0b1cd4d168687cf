"""The view of meetings of the MAG."""

from dataclasses import replace
from typing import Any

from intersessional.domain.kernel.ids import cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind
from intersessional.domain.meeting.stated_subject import StatedSubject
from intersessional.projections.kernel.view import under
from intersessional.projections.meetings import MEETINGS, MeetingDocument, in_calendar
from tests.projections.event_history import EventHistory, id_of

VIRTUAL_I = meeting_id(2018, "VIRTUAL", 1)
PARENTS: dict[str, Any] = {"cycle_id": cycle_id(2018), "group_id": None}


def test_the_last_summary_is_shown_and_whether_it_corrects_another() -> None:
    history = EventHistory()
    meeting = history.begin(
        Meeting,
        Meeting.Scheduled,
        VIRTUAL_I,
        body=MeetingBody.MAG,
        cycle_id=cycle_id(2018),
        group_id=None,
        year=2018,
        kind=MeetingKind.VIRTUAL,
        ordinal=1,
        planned=Occurred.parse("2018-04-04"),
        time_zone=None,
        label=Sealed("Virtual Meeting I"),
        note=Sealed("no clock time is known"),
    )
    scheduled = history.document(MEETINGS, VIRTUAL_I)
    history.append(
        meeting,
        Meeting.SummaryPublished,
        **PARENTS,
        summary=Sealed("the first"),
        stated=(StatedSubject(stream=id_of("decision")),),
    )
    published = history.document(MEETINGS, VIRTUAL_I)
    history.append(
        meeting,
        Meeting.SummaryCorrected,
        **PARENTS,
        summary=Sealed("the second"),
        stated=(),
        reason=Sealed("a year was wrong"),
    )
    corrected = history.document(MEETINGS, VIRTUAL_I)

    document = MeetingDocument(
        body=MeetingBody.MAG,
        cycle_id=cycle_id(2018),
        group_id=None,
        kind=MeetingKind.VIRTUAL,
        ordinal=1,
        planned=Occurred.parse("2018-04-04"),
        label=Sealed("Virtual Meeting I"),
        year=2018,
        note=Sealed("no clock time is known"),
    )
    assert scheduled == document
    stated = (StatedSubject(stream=id_of("decision")),)
    assert published == replace(document, summary=Sealed("the first"), stated=stated)
    assert corrected == replace(document, summary=Sealed("the second"), corrected=True)
    assert MEETINGS.lists(document) == (
        *under(cycle_id(2018), "VIRTUAL"),
        in_calendar(None),
        in_calendar(2018),
    )
