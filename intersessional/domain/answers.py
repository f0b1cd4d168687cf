"""Every command of the core and how it is answered: the map of what can happen."""

from intersessional.domain.annual_meeting import commands as annual_meeting
from intersessional.domain.annual_meeting import handlers as on_annual_meeting
from intersessional.domain.comment import commands as comment
from intersessional.domain.comment import handlers as on_comment
from intersessional.domain.comment.refused import AlreadyWithdrawn, CommentTooLong, NotTheAuthor
from intersessional.domain.cycle import commands as cycle
from intersessional.domain.cycle import handlers as on_cycle
from intersessional.domain.decision import commands as decision
from intersessional.domain.decision import handlers as on_decision
from intersessional.domain.decision.refused import (
    AssessmentRequired,
    CapExceeded,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.door import Answer
from intersessional.domain.draft import commands as draft
from intersessional.domain.draft import handlers as on_draft
from intersessional.domain.group import commands as group
from intersessional.domain.group import handlers as on_group
from intersessional.domain.group.refused import GroupHasConcluded
from intersessional.domain.meeting import commands as meeting
from intersessional.domain.meeting import handlers as on_meeting
from intersessional.domain.participant import commands as participant
from intersessional.domain.participant import handlers as on_participant
from intersessional.domain.proposal import commands as proposal
from intersessional.domain.proposal import handlers as on_proposal
from intersessional.domain.proposal.refused import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
    ProposalIncomplete,
)
from intersessional.domain.refused import (
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

CORE = (
    Answer(participant.RegisterParticipant, on_participant.register_participant),
    Answer(participant.AcceptCodeOfConduct, on_participant.accept_code_of_conduct),
    Answer(participant.GrantRole, on_participant.grant_role),
    Answer(participant.EndRole, on_participant.end_role),
    Answer(source.ListSource, on_source.list_source),
    Answer(theme.RecordThemeYear, on_theme.record_theme_year),
    Answer(cycle.OpenCycle, on_cycle.open_cycle),
    Answer(cycle.SetProposalDeadline, on_cycle.set_proposal_deadline),
    Answer(cycle.AssessResources, on_cycle.assess_resources),
    Answer(annual_meeting.RecordVenueOption, on_annual_meeting.record_venue_option),
    Answer(annual_meeting.SetTentativeDates, on_annual_meeting.set_tentative_dates),
    Answer(annual_meeting.ConfirmAnnualMeeting, on_annual_meeting.confirm_annual_meeting),
    Answer(annual_meeting.RescheduleAnnualMeeting, on_annual_meeting.reschedule_annual_meeting),
    Answer(meeting.ScheduleMeeting, on_meeting.schedule_meeting),
    Answer(meeting.PublishSummary, on_meeting.publish_summary),
    Answer(proposal.MootProposal, on_proposal.moot_proposal),
    Answer(proposal.SubmitProposal, on_proposal.submit_proposal, _WRITTEN),
    Answer(proposal.ReviseProposal, on_proposal.revise_proposal, _WRITTEN),
    Answer(
        proposal.WithdrawProposal,
        on_proposal.withdraw_proposal,
        (NotAProposer, ProposalFrozen),
    ),
    Answer(
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
    Answer(group.AppointFacilitator, on_group.appoint_facilitator, (GroupHasConcluded,)),
    Answer(group.ReleaseFacilitator, on_group.release_facilitator, (GroupHasConcluded,)),
    Answer(group.RenameGroup, on_group.rename_group, (GroupHasConcluded,)),
    Answer(group.ScheduleGroupMeeting, on_group.schedule_group_meeting, (GroupHasConcluded,)),
    Answer(group.ConcludeGroup, on_group.conclude_group, (GroupHasConcluded,)),
    Answer(draft.PublishDraft, on_draft.publish_draft, (GroupHasConcluded,)),
    Answer(draft.ReviseDraft, on_draft.revise_draft, (GroupHasConcluded,)),
    Answer(comment.PostComment, on_comment.post_comment, (CommentTooLong, GroupHasConcluded)),
    Answer(comment.WithdrawComment, on_comment.withdraw_comment, (AlreadyWithdrawn, NotTheAuthor)),
)
