"""The views of the core."""

from intersessional.projections.comments import COMMENTS
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.drafts import DRAFTS
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.meetings import MEETINGS
from intersessional.projections.participants import PARTICIPANTS
from intersessional.projections.policies import POLICIES
from intersessional.projections.proposals import PROPOSALS
from intersessional.projections.sources import SOURCES
from intersessional.projections.themes import THEMES

CORE_VIEWS: tuple[AnyView, ...] = (
    CYCLES,
    POLICIES,
    MEETINGS,
    THEMES,
    PROPOSALS,
    DECISIONS,
    GROUPS,
    DRAFTS,
    COMMENTS,
    PARTICIPANTS,
    SOURCES,
)
