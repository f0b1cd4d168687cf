"""Meetings of a group: the group and the Secretariat look after them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.group.commands import ReleaseFacilitator
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    RoleRequired,
)
from intersessional.domain.meeting.meeting import Meeting
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import GROUP, WORKING
from tests.domain.meeting_changes import CALL, CANCEL, SUMMARY, moved


def test_a_group_and_the_secretariat_look_after_the_meetings_of_the_group() -> None:
    called = given(WORKING, FACILITATOR.sends(CALL))
    parents: dict[str, Any] = {"cycle_id": cycle_id(2018), "group_id": GROUP}
    move = replace(moved("2018-05", "Too few."), meeting=CALL.derived_id)
    cancel = replace(CANCEL, meeting=CALL.derived_id)

    for person in (FACILITATOR, SECRETARIAT):
        called.when(person.sends(move)).then(event(Meeting.Moved, **parents))
        called.when(person.sends(cancel)).then(event(Meeting.Cancelled, **parents))
    for person in (CHAIR, MEMBER, COMMENTER):
        called.when(person.sends(move)).then(
            RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
        )
    called.when(SECRETARIAT.sends(replace(SUMMARY, meeting=CALL.derived_id))).then(
        event(Meeting.SummaryPublished, **parents)
    )


def test_a_meeting_was_moved_by_who_facilitated_the_group_then() -> None:
    """The facilitator has been released since: the import is judged by the time of the move."""
    called = replace(CALL, occurred=Occurred.parse("2018-04-04T12:00:00Z"))
    released = ReleaseFacilitator(
        command_id=id_of("release"), group=GROUP, participant=FACILITATOR.id
    )
    history = (
        WORKING,
        SECRETARIAT.sends(called),
        FACILITATOR.sends(released, NOW + timedelta(days=2)),
    )
    move = replace(moved("2018-05", "Too few."), meeting=CALL.derived_id)
    now, importer = NOW + timedelta(days=9), in_the_name_of(FACILITATOR)

    for days, accepted in ((1, True), (3, False)):
        then = Occurred.instant(NOW + timedelta(days=days))
        imported = replace(move, occurred=then, provenance=Provenance(Ground.IMPORTED))
        outcome = given(*history).when(importer.sends(imported, now))
        assert (outcome.refused is None) is accepted
