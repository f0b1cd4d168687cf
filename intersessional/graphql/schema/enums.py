"""The enumerations of the domain, made known to the schema."""

from enum import Enum

from intersessional.domain.annual_meeting.annual_meeting import VenueStatus
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.decision.decision import DecisionKind, DecisionMethod, OutcomeKind
from intersessional.domain.draft.block import OutputElement
from intersessional.domain.group.group_kind import GroupKind
from intersessional.domain.kernel.act import Ground, Role
from intersessional.domain.kernel.occurred import Precision
from intersessional.domain.meeting.meeting import MeetingKind
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.domain.policy.policy import PolicyKey
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.graphql.schema.decorators import enum
from intersessional.projections.cycles import AnnualMeetingStatus
from intersessional.projections.groups import GroupState

_DOMAIN_ENUMS: tuple[type[Enum], ...] = (
    AnnualMeetingStatus,
    Channel,
    DecisionKind,
    DecisionMethod,
    Ground,
    GroupKind,
    GroupState,
    MeetingKind,
    OutcomeKind,
    OutputElement,
    PolicyKey,
    Precision,
    ProposalState,
    RedirectTarget,
    Region,
    Role,
    StakeholderGroup,
    VenueStatus,
)


def describe_enums() -> None:
    """Make the domain's enumerations known to Strawberry, with their descriptions; once."""
    for kind in _DOMAIN_ENUMS:
        enum(kind)
