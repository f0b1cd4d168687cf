"""The core, as a plugin: the sum of its nouns."""

from dataclasses import dataclass

from intersessional.domain.core import CORE_DOMAIN
from intersessional.graphql.roots.node_query import NODE_SCHEMA
from intersessional.graphql.schema.schema_part import SchemaPart, combined
from intersessional.graphql.types.annual_meeting import ANNUAL_MEETING_SCHEMA
from intersessional.graphql.types.audit_trail import AUDIT_TRAIL_SCHEMA
from intersessional.graphql.types.comment import COMMENT_SCHEMA
from intersessional.graphql.types.cycle import CYCLE_SCHEMA
from intersessional.graphql.types.decision import DECISION_SCHEMA
from intersessional.graphql.types.draft import DRAFT_SCHEMA
from intersessional.graphql.types.group import GROUP_SCHEMA
from intersessional.graphql.types.meeting import MEETING_SCHEMA
from intersessional.graphql.types.participant import PARTICIPANT_SCHEMA
from intersessional.graphql.types.policy import POLICY_SCHEMA
from intersessional.graphql.types.proposal import PROPOSAL_SCHEMA
from intersessional.graphql.types.source import SOURCE_SCHEMA
from intersessional.graphql.types.theme import THEME_SCHEMA
from intersessional.plugins.plugin import Plugin
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


@dataclass(frozen=True)
class Noun:
    """What one noun of the core contributes: its schema part and its views."""

    schema: SchemaPart
    views: tuple[AnyView, ...] = ()


_NOUNS = (
    Noun(NODE_SCHEMA),
    Noun(AUDIT_TRAIL_SCHEMA),
    Noun(PARTICIPANT_SCHEMA, (PARTICIPANTS,)),
    Noun(SOURCE_SCHEMA, (SOURCES,)),
    Noun(THEME_SCHEMA, (THEMES,)),
    Noun(CYCLE_SCHEMA, (CYCLES,)),
    Noun(ANNUAL_MEETING_SCHEMA),
    Noun(POLICY_SCHEMA, (POLICIES,)),
    Noun(MEETING_SCHEMA, (MEETINGS,)),
    Noun(PROPOSAL_SCHEMA, (PROPOSALS,)),
    Noun(DECISION_SCHEMA, (DECISIONS,)),
    Noun(GROUP_SCHEMA, (GROUPS,)),
    Noun(DRAFT_SCHEMA, (DRAFTS,)),
    Noun(COMMENT_SCHEMA, (COMMENTS,)),
)

CORE = Plugin(
    name="core",
    aggregates=CORE_DOMAIN.aggregates,
    command_handlers=CORE_DOMAIN.command_handlers,
    views=tuple(view for noun in _NOUNS for view in noun.views),
    schema=combined([noun.schema for noun in _NOUNS]),
)
