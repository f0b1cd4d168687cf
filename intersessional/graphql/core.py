"""What the core contributes to the API."""

from intersessional.domain.annual_meeting import commands as annual_meeting
from intersessional.domain.comment import commands as comment
from intersessional.domain.cycle import commands as cycle
from intersessional.domain.decision import commands as decision
from intersessional.domain.draft import commands as draft
from intersessional.domain.group import commands as group
from intersessional.domain.meeting import commands as meeting
from intersessional.domain.participant import commands as participant
from intersessional.domain.proposal import commands as proposal
from intersessional.domain.source import commands as source
from intersessional.domain.theme import commands as theme
from intersessional.graphql.comment import Comment
from intersessional.graphql.cycle import Cycle
from intersessional.graphql.decision import Decision
from intersessional.graphql.draft import Draft
from intersessional.graphql.group import Group
from intersessional.graphql.meeting import Meeting
from intersessional.graphql.mutations import Mutation
from intersessional.graphql.node import Node
from intersessional.graphql.participant import Participant
from intersessional.graphql.policy import Policy
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.source import Source
from intersessional.graphql.theme import Theme

CORE_NODES: tuple[type[Node], ...] = (
    Comment,
    Cycle,
    Decision,
    Draft,
    Group,
    Meeting,
    Participant,
    Policy,
    Proposal,
    Source,
    Theme,
)

CORE_MUTATIONS = (
    Mutation(
        participant.RegisterParticipant, "ParticipantRegistered", Participant, versioned=False
    ),
    Mutation(
        participant.AcceptCodeOfConduct, "CodeOfConductAccepted", Participant, versioned=False
    ),
    Mutation(participant.GrantRole, "RoleGranted", Participant),
    Mutation(participant.EndRole, "RoleEnded", Participant),
    Mutation(source.ListSource, "SourceListed", Source, versioned=False),
    Mutation(theme.RecordThemeYear, "ThemeYearRecorded", Theme, versioned=False),
    Mutation(cycle.OpenCycle, "CycleOpened", Cycle, versioned=False),
    Mutation(cycle.SetProposalDeadline, "ProposalDeadlineSet", Cycle),
    Mutation(cycle.AssessResources, "ResourcesAssessed", Cycle),
    Mutation(annual_meeting.RecordVenueOption, "VenueOptionRecorded", Cycle),
    Mutation(annual_meeting.SetTentativeDates, "TentativeDatesSet", Cycle),
    Mutation(annual_meeting.ConfirmAnnualMeeting, "AnnualMeetingConfirmed", Cycle),
    Mutation(annual_meeting.RescheduleAnnualMeeting, "AnnualMeetingRescheduled", Cycle),
    Mutation(meeting.ScheduleMeeting, "MeetingScheduled", Meeting, versioned=False),
    Mutation(meeting.PublishSummary, "SummaryPublished", Meeting),
    Mutation(proposal.MootProposal, "ProposalMooted", Proposal, versioned=False),
    Mutation(proposal.SubmitProposal, "ProposalSubmitted", Proposal),
    Mutation(proposal.ReviseProposal, "ProposalRevised", Proposal),
    Mutation(proposal.WithdrawProposal, "ProposalWithdrawn", Proposal),
    Mutation(decision.RecordDecision, "DecisionRecorded", Decision),
    Mutation(group.AppointFacilitator, "FacilitatorAppointed", Group),
    Mutation(group.ReleaseFacilitator, "FacilitatorReleased", Group),
    Mutation(group.RenameGroup, "GroupRenamed", Group),
    Mutation(group.ScheduleGroupMeeting, "GroupMeetingScheduled", Group),
    Mutation(group.ConcludeGroup, "GroupConcluded", Group),
    Mutation(draft.PublishDraft, "DraftPublished", Draft, versioned=False),
    Mutation(draft.ReviseDraft, "DraftRevised", Draft),
    Mutation(comment.PostComment, "CommentPosted", Comment, versioned=False),
    Mutation(comment.WithdrawComment, "CommentWithdrawn", Comment),
)
