"""Every command of the core and how it is answered: the map of what can happen."""

from intersessional.domain.annual_meeting import commands as annual_meeting
from intersessional.domain.annual_meeting import handlers as on_annual_meeting
from intersessional.domain.comment import commands as comment
from intersessional.domain.comment import handlers as on_comment
from intersessional.domain.comment.refusals import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.cycle import commands as cycle
from intersessional.domain.cycle import handlers as on_cycle
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision import commands as decision
from intersessional.domain.decision import handlers as on_decision
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.draft import commands as draft
from intersessional.domain.draft import handlers as on_draft
from intersessional.domain.group import commands as group
from intersessional.domain.group import handlers as on_group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.command_bus import CommandHandler
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    CodeOfConductNotAccepted,
    CommandReused,
    NotFound,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.meeting import commands as meeting
from intersessional.domain.meeting import handlers as on_meeting
from intersessional.domain.participant import commands as participant
from intersessional.domain.participant import handlers as on_participant
from intersessional.domain.proposal import commands as proposal
from intersessional.domain.proposal import handlers as on_proposal
from intersessional.domain.proposal.refusals import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
    ProposalIncomplete,
)
from intersessional.domain.source import commands as source
from intersessional.domain.source import handlers as on_source
from intersessional.domain.theme import commands as theme
from intersessional.domain.theme import handlers as on_theme

COMMON_REFUSALS = (
    AlreadyRecorded,
    BadValue,
    CodeOfConductNotAccepted,
    CommandReused,
    NotFound,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
"""What any command may be refused for."""

_WRITTEN = (CoFacilitatorsMissing, ProposalFrozen, ProposalIncomplete)

CORE_COMMAND_HANDLERS = (
    CommandHandler(participant.RegisterParticipant, on_participant.register_participant),
    CommandHandler(participant.AcceptCodeOfConduct, on_participant.accept_code_of_conduct),
    CommandHandler(participant.GrantRole, on_participant.grant_role),
    CommandHandler(participant.EndRole, on_participant.end_role),
    CommandHandler(source.ListSource, on_source.list_source),
    CommandHandler(theme.RecordThemeYear, on_theme.record_theme_year),
    CommandHandler(cycle.OpenCycle, on_cycle.open_cycle),
    CommandHandler(cycle.SetProposalDeadline, on_cycle.set_proposal_deadline),
    CommandHandler(cycle.AssessResources, on_cycle.assess_resources),
    CommandHandler(annual_meeting.RecordVenueOption, on_annual_meeting.record_venue_option),
    CommandHandler(annual_meeting.SetTentativeDates, on_annual_meeting.set_tentative_dates),
    CommandHandler(annual_meeting.ConfirmAnnualMeeting, on_annual_meeting.confirm_annual_meeting),
    CommandHandler(
        annual_meeting.RescheduleAnnualMeeting, on_annual_meeting.reschedule_annual_meeting
    ),
    CommandHandler(meeting.ScheduleMeeting, on_meeting.schedule_meeting),
    CommandHandler(meeting.PublishSummary, on_meeting.publish_summary),
    CommandHandler(proposal.MootProposal, on_proposal.moot_proposal),
    CommandHandler(proposal.SubmitProposal, on_proposal.submit_proposal, _WRITTEN),
    CommandHandler(proposal.ReviseProposal, on_proposal.revise_proposal, _WRITTEN),
    CommandHandler(
        proposal.WithdrawProposal,
        on_proposal.withdraw_proposal,
        (NotAProposer, ProposalFrozen),
    ),
    CommandHandler(
        decision.RecordDecision,
        on_decision.record_decision,
        (
            AssessmentRequired,
            CapExceeded,
            CoFacilitatorsMissing,
            MeetingRequired,
            ProposalFrozen,
            RationaleRequired,
        ),
    ),
    CommandHandler(group.AppointFacilitator, on_group.appoint_facilitator, (GroupHasConcluded,)),
    CommandHandler(group.ReleaseFacilitator, on_group.release_facilitator, (GroupHasConcluded,)),
    CommandHandler(group.RenameGroup, on_group.rename_group, (GroupHasConcluded,)),
    CommandHandler(
        group.ScheduleGroupMeeting, on_group.schedule_group_meeting, (GroupHasConcluded,)
    ),
    CommandHandler(group.ConcludeGroup, on_group.conclude_group, (GroupHasConcluded,)),
    CommandHandler(draft.PublishDraft, on_draft.publish_draft, (GroupHasConcluded,)),
    CommandHandler(draft.ReviseDraft, on_draft.revise_draft, (GroupHasConcluded,)),
    CommandHandler(
        comment.PostComment, on_comment.post_comment, (CommentTooLong, GroupHasConcluded)
    ),
    CommandHandler(
        comment.WithdrawComment, on_comment.withdraw_comment, (AlreadyWithdrawn, NotTheAuthor)
    ),
)
