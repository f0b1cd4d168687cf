"""Commands that change a group, and the roles that they need."""

from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import ScheduleGroupMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    id_of,
)
from tests.domain.group_scenarios import GROUP, MANDATE

HELD = Occurred.parse("2018-05-02T13:00:00Z")
APPOINT = AppointFacilitator(
    command_id=id_of("a"), group=GROUP, participant=COMMENTER.id, decision=MANDATE
)
RELEASE = ReleaseFacilitator(
    command_id=id_of("r"), group=GROUP, participant=FACILITATOR.id, decision=MANDATE
)
RENAME = RenameGroup(
    command_id=id_of("n"), group=GROUP, name="IoT, AI", reason="It is clearer.", decision=MANDATE
)
MEET = ScheduleGroupMeeting(
    command_id=id_of("m"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=HELD,
    label="First call",
)
CONCLUDE = ConcludeGroup(command_id=id_of("c"), group=GROUP, reason="It is done.", decision=MANDATE)
STEWARDS = (Role.FACILITATOR, Role.SECRETARIAT, Role.MAG_CHAIR)
NEEDED = [(RENAME, STEWARDS), (CONCLUDE, STEWARDS), (MEET, STEWARDS[:2])]
