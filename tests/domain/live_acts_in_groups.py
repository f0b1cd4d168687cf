"""An act of each kind on what a person began here in a group, by one whose right it is."""

from intersessional.domain.call.commands import LaunchCall
from intersessional.domain.continuation_report.commands import (
    ConsiderContinuationReport,
    ReportContinuation,
)
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.dedicated_session.commands import (
    CancelSession,
    RecordSessionHeld,
    RequestSession,
)
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    DissolveGroup,
    FormDraftingTeam,
    RecordGroupReport,
    ReleaseFacilitator,
    RenameGroup,
    ResumeGroup,
    StateGroupWish,
    SuspendGroup,
)
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.body import BodyKind, NamedBody
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import ScheduleGroupMeeting, ScheduleMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.membership.commands import JoinGroup, LeaveGroup
from intersessional.domain.modality.commands import (
    AdoptModality,
    ProposeModality,
    SupportModality,
)
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    RegisterParticipant,
    UpdateParticipant,
)
from intersessional.domain.volunteer_offer.commands import (
    OfferToVolunteer,
    WithdrawVolunteerOffer,
)
from tests.domain.actors import CHAIR, COMMENTER, FACILITATOR, MEMBER, PEOPLE, SECRETARIAT, id_of
from tests.domain.group_scenarios import (
    GROUP,
    MANDATE,
    WORKING,
)
from tests.domain.live_acts_for_the_mag import acts

MAG = NamedBody(kind=BodyKind.MAG)
REQUEST = RequestSession(command_id=id_of("request"), group=GROUP, year=2018, title="Norms")
REQUESTED = (*WORKING, FACILITATOR.sends(REQUEST))
MODALITY = ProposeModality(command_id=id_of("modality"), group=GROUP, modality="Two calls a month.")
PROPOSED = (*WORKING, COMMENTER.sends(MODALITY))
OFFER = OfferToVolunteer(command_id=id_of("offer"), group=GROUP)
JOIN = JoinGroup(command_id=id_of("join"), group=GROUP)
REPORT = ReportContinuation(
    command_id=id_of("give"), group=GROUP, year=2019, wish=ContinuationWish.YES, report="More."
)
YEAR_AFTER = (
    *WORKING,
    SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019)),
    SECRETARIAT.sends(
        ScheduleMeeting(
            command_id=id_of("meet in 2019"),
            year=2019,
            kind=MeetingKind.VIRTUAL,
            ordinal=1,
            held=Occurred.parse("2018-04-04"),
            label="First virtual meeting",
        )
    ),
)
SUSPEND = SuspendGroup(command_id=id_of("suspend"), group=GROUP, reason="Nobody has time.")
REGISTER = RegisterParticipant(command_id=id_of("register"), display_name="Ann")

IN_GROUPS = acts(
    (
        PEOPLE,
        COMMENTER.sends(
            UpdateParticipant(
                command_id=id_of("update"), participant=COMMENTER.id, display_name="Anna"
            )
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            AppointFacilitator(command_id=id_of("second"), group=GROUP, participant=MEMBER.id)
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            ReleaseFacilitator(command_id=id_of("release"), group=GROUP, participant=FACILITATOR.id)
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(RenameGroup(command_id=id_of("rename"), group=GROUP, name="Norms")),
    ),
    (WORKING, FACILITATOR.sends(SUSPEND)),
    (
        (*WORKING, FACILITATOR.sends(SUSPEND)),
        FACILITATOR.sends(ResumeGroup(command_id=id_of("resume"), group=GROUP)),
    ),
    (WORKING, FACILITATOR.sends(ConcludeGroup(command_id=id_of("end"), group=GROUP))),
    (
        WORKING,
        CHAIR.sends(
            DissolveGroup(
                command_id=id_of("dissolve"), group=GROUP, absorbed_by=MAG, decision=MANDATE
            )
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            StateGroupWish(
                command_id=id_of("wish"), group=GROUP, year=2018, wish=GroupWish.CONTINUE
            )
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            FormDraftingTeam(command_id=id_of("team"), group=GROUP, members=(MEMBER.id,))
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            RecordGroupReport(
                command_id=id_of("report"), group=GROUP, year=2018, report="All is well."
            )
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            LaunchCall(
                command_id=id_of("group call"), year=2018, of="cases", title="Cases", group=GROUP
            )
        ),
    ),
    (
        WORKING,
        FACILITATOR.sends(
            ScheduleGroupMeeting(
                command_id=id_of("call"),
                group=GROUP,
                held=Occurred.parse("2018-05-04"),
                label="First call",
            )
        ),
    ),
    (YEAR_AFTER, FACILITATOR.sends(REPORT)),
    (
        (*YEAR_AFTER, FACILITATOR.sends(REPORT)),
        CHAIR.sends(
            ConsiderContinuationReport(
                command_id=id_of("consider"),
                group=GROUP,
                year=2019,
                meeting=meeting_id(2019, "VIRTUAL", 1),
            )
        ),
    ),
    (WORKING, FACILITATOR.sends(REQUEST)),
    (
        REQUESTED,
        FACILITATOR.sends(
            RecordSessionHeld(
                command_id=id_of("held"),
                session=REQUEST.created_id,
                began=Occurred.parse("2018-04-03T09:00:00Z"),
                record="Norms were discussed.",
            )
        ),
    ),
    (
        REQUESTED,
        FACILITATOR.sends(
            CancelSession(command_id=id_of("cancel"), session=REQUEST.created_id, reason="No.")
        ),
    ),
    (
        PROPOSED,
        FACILITATOR.sends(
            AdoptModality(
                command_id=id_of("adopt"), modality=MODALITY.created_id, without_objection=True
            )
        ),
    ),
    (
        (*WORKING, COMMENTER.sends(JOIN)),
        COMMENTER.sends(LeaveGroup(command_id=id_of("leave"), membership=JOIN.created_id)),
    ),
    (
        (*WORKING, COMMENTER.sends(OFFER)),
        COMMENTER.sends(
            WithdrawVolunteerOffer(command_id=id_of("unoffer"), offer=OFFER.derived_id)
        ),
    ),
    (
        (*PROPOSED, COMMENTER.sends(JOIN)),
        COMMENTER.sends(
            SupportModality(
                command_id=id_of("support"),
                modality=MODALITY.created_id,
                membership=JOIN.created_id,
            )
        ),
    ),
    (
        (COMMENTER.sends(REGISTER),),
        COMMENTER.sends(AcceptCodeOfConduct(command_id=id_of("accept"), version=1)),
    ),
)
