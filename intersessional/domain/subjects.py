"""Every subject of the core: the map of what events happen to."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.comment.comment import Comment
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.participant.participant import Participant
from intersessional.domain.policy.policy import Policy
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.source.source import Source
from intersessional.domain.theme.theme import Theme

CORE_AGGREGATES: tuple[type[Aggregate], ...] = (
    AnnualMeeting,
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
