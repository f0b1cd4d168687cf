"""What the core contributes to the API."""

from collections.abc import Callable, Mapping
from typing import Any

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
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import subject_of_entry
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.cycle import CycleType, cycle_of
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType, draft_of_comment
from intersessional.graphql.types.group import GroupType, group_of_draft, group_of_proposal
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType, participant_of_entry
from intersessional.graphql.types.policy import PolicyType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.types.source import SourceType, source_of_citation
from intersessional.graphql.types.theme import ThemeType

CORE_NODES: tuple[type[Node], ...] = (
    CommentType,
    CycleType,
    DecisionType,
    DraftType,
    GroupType,
    MeetingType,
    ParticipantType,
    PolicyType,
    ProposalType,
    SourceType,
    ThemeType,
)

CORE_MUTATIONS = (
    Mutation(
        participant.RegisterParticipant, "ParticipantRegistered", ParticipantType, versioned=False
    ),
    Mutation(
        participant.AcceptCodeOfConduct, "CodeOfConductAccepted", ParticipantType, versioned=False
    ),
    Mutation(participant.GrantRole, "RoleGranted", ParticipantType),
    Mutation(participant.EndRole, "RoleEnded", ParticipantType),
    Mutation(source.ListSource, "SourceListed", SourceType, versioned=False),
    Mutation(theme.RecordThemeYear, "ThemeYearRecorded", ThemeType, versioned=False),
    Mutation(cycle.OpenCycle, "CycleOpened", CycleType, versioned=False),
    Mutation(cycle.SetProposalDeadline, "ProposalDeadlineSet", CycleType),
    Mutation(cycle.AssessResources, "ResourcesAssessed", CycleType),
    Mutation(annual_meeting.RecordVenueOption, "VenueOptionRecorded", CycleType),
    Mutation(annual_meeting.SetTentativeDates, "TentativeDatesSet", CycleType),
    Mutation(annual_meeting.ConfirmAnnualMeeting, "AnnualMeetingConfirmed", CycleType),
    Mutation(annual_meeting.RescheduleAnnualMeeting, "AnnualMeetingRescheduled", CycleType),
    Mutation(meeting.ScheduleMeeting, "MeetingScheduled", MeetingType, versioned=False),
    Mutation(meeting.PublishSummary, "SummaryPublished", MeetingType),
    Mutation(proposal.MootProposal, "ProposalMooted", ProposalType, versioned=False),
    Mutation(proposal.SubmitProposal, "ProposalSubmitted", ProposalType),
    Mutation(proposal.ReviseProposal, "ProposalRevised", ProposalType),
    Mutation(proposal.WithdrawProposal, "ProposalWithdrawn", ProposalType),
    Mutation(decision.RecordDecision, "DecisionRecorded", DecisionType),
    Mutation(group.AppointFacilitator, "FacilitatorAppointed", GroupType),
    Mutation(group.ReleaseFacilitator, "FacilitatorReleased", GroupType),
    Mutation(group.RenameGroup, "GroupRenamed", GroupType),
    Mutation(group.ScheduleGroupMeeting, "GroupMeetingScheduled", GroupType),
    Mutation(group.ConcludeGroup, "GroupConcluded", GroupType),
    Mutation(draft.PublishDraft, "DraftPublished", DraftType, versioned=False),
    Mutation(draft.ReviseDraft, "DraftRevised", DraftType),
    Mutation(comment.PostComment, "CommentPosted", CommentType, versioned=False),
    Mutation(comment.WithdrawComment, "CommentWithdrawn", CommentType),
)

# Back-references: these types are imported by those that the fields answer.
CORE_EXTENDS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "AuditEntry": {"person": participant_of_entry, "subject": subject_of_entry},
    "CitedSource": {"source": source_of_citation},
    "Comment": {"draft": draft_of_comment},
    "Decision": {"cycle": cycle_of},
    "Draft": {"group": group_of_draft},
    "Group": {"cycle": cycle_of},
    "Meeting": {"cycle": cycle_of},
    "Policy": {"cycle": cycle_of},
    "Proposal": {"cycle": cycle_of, "group": group_of_proposal},
}
