"""Agendas of meetings, and the items that are carried over (DOMAIN row 2)."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from intersessional.domain.agenda.agenda import ITEMS_MAX, Agenda
from intersessional.domain.agenda.commands import (
    AddAgendaItem,
    AdoptAgenda,
    AgendaEntry,
    RecordMissingAgenda,
    SetAgenda,
)
from intersessional.domain.agenda.refusals import AgendaRequired
from intersessional.domain.agenda_item.agenda_item import AgendaItem
from intersessional.domain.agenda_item.commands import FinishAgendaItem
from intersessional.domain.agenda_item.refusals import AgendaItemIsDone
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import agenda_id, cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    LimitReached,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    ScheduleGroupMeeting,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting_state import MeetingKind, MeetingState
from intersessional.domain.meeting.refusals import MeetingIsOver
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import GROUP, WORKING
from tests.domain.scenarios import CYCLE, MEETING

SET = SetAgenda(
    command_id=id_of("agenda"),
    meeting=MEETING,
    items=(AgendaEntry(title="Venue"), AgendaEntry(title="Proposals")),
)
VENUE, PROPOSALS = (uuid5(SET.command_id, f"item-{n}") for n in (1, 2))
NEXT = meeting_id(2018, "VIRTUAL", 2)
TWO_MEETINGS = (
    *CYCLE,
    SECRETARIAT.sends(
        ScheduleMeeting(
            command_id=id_of("next"),
            year=2018,
            kind=MeetingKind.VIRTUAL,
            ordinal=2,
            held=Occurred.parse("2018-04-18"),
            label="Second virtual meeting",
        )
    ),
)
CARRY = AddAgendaItem(
    command_id=id_of("carry"), meeting=NEXT, title="Proposals again", follows_up=PROPOSALS
)
ADOPT = AdoptAgenda(command_id=id_of("adopt"), meeting=MEETING)
MISSING = RecordMissingAgenda(command_id=id_of("missing"), meeting=MEETING)
FINISH = FinishAgendaItem(command_id=id_of("finish"), item=VENUE, note="Settled.")


def sent(*commands: Command) -> tuple[SentCommand, ...]:
    return tuple(SECRETARIAT.sends(command) for command in commands)


def told(command: Command) -> SentCommand:
    history = Provenance(ground=Ground.IMPORTED)
    return OPERATOR.sends(
        replace(command, occurred=Occurred.parse("2018-04-02"), provenance=history)
    )


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_agenda_of_a_meeting_is_set_with_its_items_in_order(person: Person) -> None:
    parents = {"meeting_id": MEETING, "cycle_id": cycle_id(2018), "group_id": None}

    given(CYCLE).when(person.sends(SET)).then(
        event(Agenda.Named, originator_id=agenda_id(MEETING), **parents),
        event(Agenda.Set, items=(VENUE, PROPOSALS), **parents),
        event(
            AgendaItem.Listed,
            originator_id=VENUE,
            matter_id=VENUE,
            title=Sealed("Venue"),
            follows_up=None,
            added_later=False,
            **parents,
        ),
        event(AgendaItem.Listed, originator_id=PROPOSALS, title=Sealed("Proposals")),
    )


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_agenda_set_by_another_role_is_refused(person: Person) -> None:
    given(CYCLE).when(person.sends(SET)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_facilitator_sets_the_agenda_of_their_groups_meeting() -> None:
    call = ScheduleGroupMeeting(
        command_id=id_of("call"),
        group=GROUP,
        held=Occurred.parse("2018-07-02"),
        label="First call",
    )

    given(WORKING, (FACILITATOR.sends(call),)).when(
        FACILITATOR.sends(replace(SET, meeting=call.derived_id))
    ).then(
        event(Agenda.Named, meeting_id=call.derived_id, group_id=GROUP),
        Agenda.Set,
        AgendaItem.Listed,
        AgendaItem.Listed,
    )


def test_item_that_is_added_to_a_set_agenda_says_so() -> None:
    add = AddAgendaItem(command_id=id_of("add"), meeting=MEETING, title="Any other business")

    given(CYCLE).when(SECRETARIAT.sends(add)).then(
        Agenda.Named, Agenda.ItemAdded, event(AgendaItem.Listed, added_later=False)
    )
    given(CYCLE, sent(SET)).when(SECRETARIAT.sends(add)).then(
        event(Agenda.ItemAdded, item_id=add.derived_id),
        event(AgendaItem.Listed, added_later=True, matter_id=add.derived_id),
    )


def test_item_is_carried_over_to_another_meeting_with_its_matter() -> None:
    third = replace(CARRY, command_id=id_of("third"), meeting=MEETING, follows_up=CARRY.derived_id)

    given(TWO_MEETINGS, sent(SET)).when(SECRETARIAT.sends(CARRY)).then(
        Agenda.Named,
        Agenda.ItemAdded,
        event(AgendaItem.Listed, follows_up=PROPOSALS, matter_id=PROPOSALS, meeting_id=NEXT),
        event(
            AgendaItem.FollowedUp,
            originator_id=PROPOSALS,
            meeting_id=MEETING,
            later_item_id=CARRY.derived_id,
            later_meeting_id=NEXT,
        ),
    )
    given(TWO_MEETINGS, sent(SET, CARRY)).when(SECRETARIAT.sends(third)).then(
        Agenda.ItemAdded,
        event(AgendaItem.Listed, follows_up=CARRY.derived_id, matter_id=PROPOSALS),
        AgendaItem.FollowedUp,
    )


@pytest.mark.parametrize(
    ("follows_up", "refused"),
    [
        (VENUE, BadValue(field="follows_up", problem="it is an item of the same meeting.")),
        (id_of("nothing"), NotFound(kind="agenda item", id=str(id_of("nothing")))),
        (MEETING, NotFound(kind="agenda item", id=str(MEETING))),
    ],
)
def test_item_that_cannot_be_followed_up_is_refused(
    follows_up: UUID, refused: BadValue | NotFound
) -> None:
    add = replace(CARRY, meeting=MEETING, follows_up=follows_up)

    given(CYCLE, sent(SET)).when(SECRETARIAT.sends(add)).then(refused)


def test_agenda_is_set_once_and_has_at_least_one_item() -> None:
    again = replace(SET, command_id=id_of("again"))

    given(CYCLE, sent(SET)).when(SECRETARIAT.sends(again)).then(
        AlreadyRecorded(kind="agenda", id=agenda_id(MEETING))
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(SET, items=()))).then(
        BadValue(field="items", problem="an agenda has at least one.")
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(SET, items=(AgendaEntry(title=""),)))).then(
        BadValue(field="items.0.title", problem="it is empty.")
    )


def test_agenda_has_a_bound() -> None:
    full = replace(SET, items=SET.items[:1] * ITEMS_MAX)
    add = AddAgendaItem(command_id=id_of("add"), meeting=MEETING, title="One more")

    given(CYCLE, sent(full)).when(SECRETARIAT.sends(add)).then(
        LimitReached(kind="items of an agenda", most=ITEMS_MAX)
    )


def test_agenda_is_adopted_once_when_it_has_items() -> None:
    given(CYCLE).when(SECRETARIAT.sends(ADOPT)).then(AgendaRequired(meeting=MEETING))
    given(CYCLE, sent(SET)).when(SECRETARIAT.sends(ADOPT)).then(
        event(Agenda.Adopted, originator_id=agenda_id(MEETING))
    )
    given(CYCLE, sent(SET, ADOPT)).when(
        SECRETARIAT.sends(replace(ADOPT, command_id=id_of("again")))
    ).then(AlreadyRecorded(kind="adoption of an agenda", id=agenda_id(MEETING)))


def test_only_history_can_say_that_no_source_has_the_agenda() -> None:
    found = (told(MISSING),)

    given(CYCLE).when(SECRETARIAT.sends(MISSING)).then(AgendaRequired(meeting=MEETING))
    given(CYCLE).when(told(MISSING)).then(Agenda.Named, Agenda.FoundMissing)
    given(CYCLE, sent(SET)).when(told(MISSING)).then(
        AlreadyRecorded(kind="agenda", id=agenda_id(MEETING))
    )
    given(CYCLE, found).when(told(ADOPT)).then(Agenda.Adopted)
    given(CYCLE, found).when(SECRETARIAT.sends(SET)).then(
        Agenda.Set, AgendaItem.Listed, AgendaItem.Listed
    )


def test_item_is_dealt_with_once() -> None:
    given(CYCLE, sent(SET)).when(SECRETARIAT.sends(FINISH)).then(
        event(AgendaItem.Done, originator_id=VENUE, note=Sealed("Settled."))
    )
    given(CYCLE, sent(SET, FINISH)).when(
        SECRETARIAT.sends(replace(FINISH, command_id=id_of("again")))
    ).then(AgendaItemIsDone(item=VENUE))
    given(CYCLE, sent(SET)).when(MEMBER.sends(FINISH)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_cancelled_meeting_gets_no_agenda() -> None:
    cancel = CancelMeeting(command_id=id_of("cancel"), meeting=MEETING, reason="Nobody came.")

    given(CYCLE, sent(cancel)).when(SECRETARIAT.sends(SET)).then(
        MeetingIsOver(meeting=MEETING, state=MeetingState.CANCELLED)
    )
