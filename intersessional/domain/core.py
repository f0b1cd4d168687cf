"""The domain of the core: the sum of its nouns."""

from intersessional.domain.annual_meeting.part import ANNUAL_MEETING_PART
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.comment.part import COMMENT_PART
from intersessional.domain.cycle.part import CYCLE_PART
from intersessional.domain.decision.part import DECISION_PART
from intersessional.domain.draft.part import DRAFT_PART
from intersessional.domain.group.part import GROUP_PART
from intersessional.domain.meeting.part import MEETING_PART
from intersessional.domain.participant.part import PARTICIPANT_PART
from intersessional.domain.policy.part import POLICY_PART
from intersessional.domain.proposal.part import PROPOSAL_PART
from intersessional.domain.source.part import SOURCE_PART
from intersessional.domain.theme.part import THEME_PART

CORE_DOMAIN = DomainPart.sum(
    (
        ANNUAL_MEETING_PART,
        COMMENT_PART,
        CYCLE_PART,
        DECISION_PART,
        DRAFT_PART,
        GROUP_PART,
        MEETING_PART,
        PARTICIPANT_PART,
        POLICY_PART,
        PROPOSAL_PART,
        SOURCE_PART,
        THEME_PART,
    )
)
