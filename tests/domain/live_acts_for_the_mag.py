"""An act of each kind on what a person began here for the MAG, by one whose right it is."""

from collections.abc import Mapping
from uuid import uuid5

from intersessional.domain.agenda.commands import (
    AddAgendaItem,
    AdoptAgenda,
    AgendaEntry,
    SetAgenda,
)
from intersessional.domain.agenda_item.commands import FinishAgendaItem
from intersessional.domain.annual_meeting.annual_meeting_status import VenueStatus
from intersessional.domain.annual_meeting.commands import (
    ChangeVenueOption,
    RecordVenueOption,
    SetTentativeDates,
)
from intersessional.domain.call.commands import CloseCall, LaunchCall, MoveCall
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    MoveMeeting,
    RecordMeetingHeld,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.raised_question.commands import (
    AnswerQuestion,
    RaiseQuestion,
    WithdrawQuestion,
)
from tests.domain.actors import CHAIR, MEMBER, id_of
from tests.domain.scenarios import (
    CYCLE,
)

TOLD = Occurred.parse("2018-04-04")
CALL = LaunchCall(command_id=id_of("launch"), year=2018, of="issues", title="Call for issues")
CLOSE = CloseCall(command_id=id_of("close"), call=CALL.created_id)
LAUNCHED = (*CYCLE, CHAIR.sends(CALL))
NEXT = meeting_id(2018, "VIRTUAL", 2)
CALLED = (
    *CYCLE,
    CHAIR.sends(
        ScheduleMeeting(
            command_id=id_of("next"),
            year=2018,
            kind=MeetingKind.VIRTUAL,
            ordinal=2,
            held=TOLD,
            label="Second virtual meeting",
        )
    ),
)
AGENDA = SetAgenda(command_id=id_of("agenda"), meeting=NEXT, items=(AgendaEntry(title="Venue"),))
VENUE = uuid5(AGENDA.command_id, "item-1")
SET = (*CALLED, CHAIR.sends(AGENDA))
OPTION = RecordVenueOption(
    command_id=id_of("option"),
    year=2018,
    rank=1,
    status=VenueStatus.PURSUED,
    description="A city",
)
OPTIONS = (*CYCLE, CHAIR.sends(OPTION))
QUESTION = RaiseQuestion(command_id=id_of("ask"), year=2018, question="Who pays?")
ASKED = (*CYCLE, MEMBER.sends(QUESTION))
Acts = Mapping[type[Command], tuple[tuple[SentCommand, ...], SentCommand]]
"""What was begun here, and the act on it, by the class of its command."""


def acts(*each: tuple[tuple[SentCommand, ...], SentCommand]) -> Acts:
    """Acts by the classes of their commands."""
    return {type(sent.command): (begun, sent) for begun, sent in each}


FOR_THE_MAG = acts(
    (SET, CHAIR.sends(AddAgendaItem(command_id=id_of("item"), meeting=NEXT, title="Budget"))),
    (SET, CHAIR.sends(AdoptAgenda(command_id=id_of("adopt agenda"), meeting=NEXT))),
    (SET, CHAIR.sends(FinishAgendaItem(command_id=id_of("finish"), item=VENUE))),
    (CALLED, CHAIR.sends(AGENDA)),
    (CALLED, CHAIR.sends(MoveMeeting(command_id=id_of("move"), meeting=NEXT, held=TOLD))),
    (CALLED, CHAIR.sends(CancelMeeting(command_id=id_of("off"), meeting=NEXT, reason="No."))),
    (
        CALLED,
        CHAIR.sends(
            RecordMeetingHeld(
                command_id=id_of("held"), meeting=NEXT, began=Occurred.parse("2018-04-03")
            )
        ),
    ),
    (
        OPTIONS,
        CHAIR.sends(
            ChangeVenueOption(
                command_id=id_of("change"),
                year=2018,
                option=OPTION.derived_id,
                status=VenueStatus.DROPPED,
            )
        ),
    ),
    (
        OPTIONS,
        CHAIR.sends(
            RecordVenueOption(
                command_id=id_of("second option"),
                year=2018,
                rank=2,
                status=VenueStatus.EXPLORED,
                description="Another city",
            )
        ),
    ),
    (
        OPTIONS,
        CHAIR.sends(
            SetTentativeDates(
                command_id=id_of("dates"),
                year=2018,
                within=Occurred.parse("2018-11"),
                place="A city",
            )
        ),
    ),
    (
        LAUNCHED,
        CHAIR.sends(
            MoveCall(
                command_id=id_of("extend"), call=CALL.created_id, closes=Occurred.parse("2018-05")
            )
        ),
    ),
    (LAUNCHED, CHAIR.sends(CLOSE)),
    (
        ASKED,
        CHAIR.sends(
            AnswerQuestion(
                command_id=id_of("answer"), question=QUESTION.derived_id, answer="The donors."
            )
        ),
    ),
    (
        ASKED,
        MEMBER.sends(WithdrawQuestion(command_id=id_of("unask"), question=QUESTION.derived_id)),
    ),
)
