"""The core, as a plugin."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.answers import CORE as CORE_ANSWERS
from intersessional.domain.comment.comment import Comment
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.participant.participant import Participant
from intersessional.domain.policy.policy import Policy
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.source.source import Source
from intersessional.domain.theme.theme import Theme
from intersessional.graphql.schema import CORE_PART
from intersessional.plugins.plugin import Plugin
from intersessional.projections.core import CORE_VIEWS

CORE = Plugin(
    name="core",
    subjects=(
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
    ),
    answers=CORE_ANSWERS,
    views=CORE_VIEWS,
    schema=CORE_PART,
)
