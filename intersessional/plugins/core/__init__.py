"""The core, as a plugin: the sum of its nouns."""

from dataclasses import dataclass

from intersessional.domain.agenda.part import AGENDA_PART
from intersessional.domain.agenda_item.part import AGENDA_ITEM_PART
from intersessional.domain.annual_meeting.part import ANNUAL_MEETING_PART
from intersessional.domain.call.part import CALL_PART
from intersessional.domain.carry_forward.part import CARRY_FORWARD_PART
from intersessional.domain.code_of_conduct.part import CODE_OF_CONDUCT_PART
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.comment.part import COMMENT_PART
from intersessional.domain.consolidation.part import CONSOLIDATION_PART
from intersessional.domain.continuation_report.part import CONTINUATION_PART
from intersessional.domain.correction.part import CORRECTION_PART
from intersessional.domain.cycle.part import CYCLE_PART
from intersessional.domain.decision.part import DECISION_PART
from intersessional.domain.dedicated_session.part import DEDICATED_SESSION_PART
from intersessional.domain.deliberation.part import DELIBERATION_PART
from intersessional.domain.deviation.part import DEVIATION_PART
from intersessional.domain.document.part import DOCUMENT_PART
from intersessional.domain.draft.part import DRAFT_PART
from intersessional.domain.group.part import GROUP_PART
from intersessional.domain.group_descent.part import GROUP_DESCENT_PART
from intersessional.domain.group_kind.part import GROUP_KIND_PART
from intersessional.domain.history_import.part import HISTORY_IMPORT_PART
from intersessional.domain.interest.part import INTEREST_PART
from intersessional.domain.meeting.part import MEETING_PART
from intersessional.domain.membership.part import MEMBERSHIP_PART
from intersessional.domain.modality.part import MODALITY_PART
from intersessional.domain.outline.part import OUTLINE_PART
from intersessional.domain.outreach.part import OUTREACH_PART
from intersessional.domain.participant.part import PARTICIPANT_PART
from intersessional.domain.policy.part import POLICY_PART
from intersessional.domain.proposal.part import PROPOSAL_PART
from intersessional.domain.raised_question.part import RAISED_QUESTION_PART
from intersessional.domain.roster.part import ROSTER_PART
from intersessional.domain.source.part import SOURCE_PART
from intersessional.domain.statement.part import STATEMENT_PART
from intersessional.domain.statistic.part import STATISTIC_PART
from intersessional.domain.template.part import TEMPLATE_PART
from intersessional.domain.theme.part import THEME_PART
from intersessional.domain.volunteer_offer.part import VOLUNTEER_OFFER_PART
from intersessional.graphql.roots.node_query import NODE_SCHEMA
from intersessional.graphql.schema.schema_part import SchemaPart, combined
from intersessional.graphql.types.agenda import AGENDA_SCHEMA
from intersessional.graphql.types.annual_meeting import ANNUAL_MEETING_SCHEMA
from intersessional.graphql.types.audit_trail import AUDIT_TRAIL_SCHEMA
from intersessional.graphql.types.call import CALL_SCHEMA
from intersessional.graphql.types.code_of_conduct import CODE_OF_CONDUCT_SCHEMA
from intersessional.graphql.types.comment import COMMENT_SCHEMA
from intersessional.graphql.types.consolidation import CONSOLIDATION_SCHEMA
from intersessional.graphql.types.continuation import CONTINUATION_SCHEMA
from intersessional.graphql.types.correctable import CORRECTABLE_SCHEMA
from intersessional.graphql.types.correction import CORRECTION_SCHEMA
from intersessional.graphql.types.cycle import CYCLE_SCHEMA
from intersessional.graphql.types.decision import DECISION_SCHEMA
from intersessional.graphql.types.dedicated_session import DEDICATED_SESSION_SCHEMA
from intersessional.graphql.types.deliberation import DELIBERATION_SCHEMA
from intersessional.graphql.types.deviation import DEVIATION_SCHEMA
from intersessional.graphql.types.document import DOCUMENT_SCHEMA
from intersessional.graphql.types.draft import DRAFT_SCHEMA
from intersessional.graphql.types.element_coverage import ELEMENT_COVERAGE_SCHEMA
from intersessional.graphql.types.group import GROUP_SCHEMA
from intersessional.graphql.types.group_kind import GROUP_KIND_SCHEMA
from intersessional.graphql.types.history_import import HISTORY_IMPORT_SCHEMA
from intersessional.graphql.types.import_check import IMPORT_CHECK_SCHEMA
from intersessional.graphql.types.interest import INTEREST_SCHEMA
from intersessional.graphql.types.later_corrections import LATER_CORRECTION_SCHEMA
from intersessional.graphql.types.lineage import LINEAGE_SCHEMA
from intersessional.graphql.types.meeting import MEETING_SCHEMA
from intersessional.graphql.types.meeting_decisions import MEETING_DECISIONS_SCHEMA
from intersessional.graphql.types.membership import MEMBERSHIP_SCHEMA
from intersessional.graphql.types.modality import MODALITY_SCHEMA
from intersessional.graphql.types.nomination import NOMINATION_SCHEMA
from intersessional.graphql.types.outline import OUTLINE_SCHEMA
from intersessional.graphql.types.outreach import OUTREACH_SCHEMA
from intersessional.graphql.types.participant import PARTICIPANT_SCHEMA
from intersessional.graphql.types.policy import POLICY_SCHEMA
from intersessional.graphql.types.proposal import PROPOSAL_SCHEMA
from intersessional.graphql.types.raised_question import RAISED_QUESTION_SCHEMA
from intersessional.graphql.types.role_holder import ROLE_HOLDER_SCHEMA
from intersessional.graphql.types.rotation import ROTATION_SCHEMA
from intersessional.graphql.types.source import SOURCE_SCHEMA
from intersessional.graphql.types.statement import STATEMENT_SCHEMA
from intersessional.graphql.types.statistic import STATISTIC_SCHEMA
from intersessional.graphql.types.template import TEMPLATE_SCHEMA
from intersessional.graphql.types.theme import THEME_SCHEMA
from intersessional.graphql.types.timeline import TIMELINE_SCHEMA
from intersessional.graphql.types.viewer import VIEWER_SCHEMA
from intersessional.graphql.types.volunteer_offer import VOLUNTEER_OFFER_SCHEMA
from intersessional.graphql.types.why import WHY_SCHEMA
from intersessional.graphql.types.working_group import WORKING_GROUP_SCHEMA
from intersessional.plugins.core.page import CORE_PAGE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.agendas import AGENDA_ITEMS, AGENDAS
from intersessional.projections.annual_meetings import ANNUAL_MEETINGS
from intersessional.projections.assessments import ASSESSMENTS
from intersessional.projections.calls import CALLS
from intersessional.projections.carry_forwards import CARRY_FORWARDS
from intersessional.projections.code_of_conduct import CODES_OF_CONDUCT
from intersessional.projections.comments import COMMENTS
from intersessional.projections.consolidations import CONSOLIDATIONS
from intersessional.projections.continuation_reports import CONTINUATION_REPORTS
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.dedicated_sessions import DEDICATED_SESSIONS
from intersessional.projections.deliberations import DELIBERATIONS
from intersessional.projections.deviations import DEVIATIONS
from intersessional.projections.documents import DOCUMENTS
from intersessional.projections.draft_revisions import DRAFT_REVISIONS
from intersessional.projections.drafts import DRAFTS
from intersessional.projections.group_descents import GROUP_DESCENTS
from intersessional.projections.group_kinds import GROUP_KINDS
from intersessional.projections.group_names import GROUP_NAMES
from intersessional.projections.group_reports import GROUP_REPORTS
from intersessional.projections.groups import GROUPS
from intersessional.projections.history_imports import HISTORY_IMPORTS
from intersessional.projections.interests import INTERESTS
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.meetings import MEETINGS
from intersessional.projections.memberships import MEMBERSHIPS
from intersessional.projections.milestones import MILESTONES
from intersessional.projections.modalities import MODALITIES
from intersessional.projections.outlines import OUTLINES
from intersessional.projections.outreach import OUTREACH
from intersessional.projections.participants import PARTICIPANTS
from intersessional.projections.policies import POLICIES
from intersessional.projections.proposal_deadlines import PROPOSAL_DEADLINES
from intersessional.projections.proposals import PROPOSALS
from intersessional.projections.raised_questions import RAISED_QUESTIONS
from intersessional.projections.rosters import ROSTERS
from intersessional.projections.sources import SOURCES
from intersessional.projections.statements import STATEMENTS
from intersessional.projections.statistics import STATISTICS
from intersessional.projections.templates import TEMPLATES
from intersessional.projections.themes import THEMES
from intersessional.projections.volunteer_offers import VOLUNTEER_OFFERS


@dataclass(frozen=True)
class Noun:
    """The parts of one noun of the core: of the domain, of the schema, and its views."""

    domain: DomainPart
    schema: SchemaPart
    views: tuple[AnyView, ...] = ()


_NOUNS = (
    Noun(DomainPart(), NODE_SCHEMA),
    Noun(DomainPart(), AUDIT_TRAIL_SCHEMA),
    Noun(DomainPart(), TIMELINE_SCHEMA, (MILESTONES,)),
    Noun(PARTICIPANT_PART, PARTICIPANT_SCHEMA, (PARTICIPANTS,)),
    Noun(DomainPart(), ROLE_HOLDER_SCHEMA),
    Noun(CODE_OF_CONDUCT_PART, CODE_OF_CONDUCT_SCHEMA, (CODES_OF_CONDUCT,)),
    Noun(DomainPart(), VIEWER_SCHEMA),
    Noun(CORRECTION_PART, CORRECTION_SCHEMA),
    Noun(DomainPart(), CORRECTABLE_SCHEMA),
    Noun(HISTORY_IMPORT_PART, HISTORY_IMPORT_SCHEMA, (HISTORY_IMPORTS,)),
    Noun(DomainPart(), IMPORT_CHECK_SCHEMA),
    Noun(DomainPart(), LATER_CORRECTION_SCHEMA),
    Noun(DomainPart(), WHY_SCHEMA),
    Noun(SOURCE_PART, SOURCE_SCHEMA, (SOURCES,)),
    Noun(THEME_PART, THEME_SCHEMA, (THEMES,)),
    Noun(DEVIATION_PART, DEVIATION_SCHEMA, (DEVIATIONS,)),
    Noun(CYCLE_PART, CYCLE_SCHEMA, (CYCLES, ASSESSMENTS, PROPOSAL_DEADLINES)),
    Noun(ANNUAL_MEETING_PART, ANNUAL_MEETING_SCHEMA, (ANNUAL_MEETINGS,)),
    Noun(GROUP_KIND_PART, GROUP_KIND_SCHEMA, (GROUP_KINDS,)),
    Noun(POLICY_PART, POLICY_SCHEMA, (POLICIES,)),
    Noun(MEETING_PART, MEETING_SCHEMA, (MEETINGS,)),
    Noun(AGENDA_PART, AGENDA_SCHEMA, (AGENDAS,)),
    Noun(AGENDA_ITEM_PART, SchemaPart(), (AGENDA_ITEMS,)),
    Noun(TEMPLATE_PART, TEMPLATE_SCHEMA, (TEMPLATES,)),
    Noun(PROPOSAL_PART, PROPOSAL_SCHEMA, (PROPOSALS,)),
    Noun(DECISION_PART, DECISION_SCHEMA, (DECISIONS,)),
    Noun(DomainPart(), MEETING_DECISIONS_SCHEMA),
    Noun(DomainPart(), ROTATION_SCHEMA),
    Noun(GROUP_PART, GROUP_SCHEMA, (GROUPS, GROUP_NAMES, GROUP_REPORTS)),
    Noun(DomainPart(), WORKING_GROUP_SCHEMA),
    Noun(DOCUMENT_PART, DOCUMENT_SCHEMA, (DOCUMENTS,)),
    Noun(DRAFT_PART, DRAFT_SCHEMA, (DRAFTS, DRAFT_REVISIONS)),
    Noun(OUTLINE_PART, OUTLINE_SCHEMA, (OUTLINES,)),
    Noun(DomainPart(), ELEMENT_COVERAGE_SCHEMA),
    Noun(CONTINUATION_PART, CONTINUATION_SCHEMA, (CONTINUATION_REPORTS,)),
    Noun(CARRY_FORWARD_PART, SchemaPart(), (CARRY_FORWARDS,)),
    Noun(GROUP_DESCENT_PART, LINEAGE_SCHEMA, (GROUP_DESCENTS,)),
    Noun(COMMENT_PART, COMMENT_SCHEMA, (COMMENTS,)),
    Noun(CALL_PART, CALL_SCHEMA, (CALLS,)),
    Noun(STATISTIC_PART, STATISTIC_SCHEMA, (STATISTICS,)),
    Noun(RAISED_QUESTION_PART, RAISED_QUESTION_SCHEMA, (RAISED_QUESTIONS,)),
    Noun(MEMBERSHIP_PART, MEMBERSHIP_SCHEMA, (MEMBERSHIPS,)),
    Noun(MODALITY_PART, MODALITY_SCHEMA, (MODALITIES,)),
    Noun(DEDICATED_SESSION_PART, DEDICATED_SESSION_SCHEMA, (DEDICATED_SESSIONS,)),
    Noun(OUTREACH_PART, OUTREACH_SCHEMA, (OUTREACH,)),
    Noun(VOLUNTEER_OFFER_PART, VOLUNTEER_OFFER_SCHEMA, (VOLUNTEER_OFFERS,)),
    Noun(DELIBERATION_PART, DELIBERATION_SCHEMA, (DELIBERATIONS,)),
    Noun(STATEMENT_PART, STATEMENT_SCHEMA, (STATEMENTS,)),
    Noun(ROSTER_PART, NOMINATION_SCHEMA, (ROSTERS,)),
    Noun(INTEREST_PART, INTEREST_SCHEMA, (INTERESTS,)),
    Noun(CONSOLIDATION_PART, CONSOLIDATION_SCHEMA, (CONSOLIDATIONS,)),
)

_DOMAIN = DomainPart.sum(noun.domain for noun in _NOUNS)

CORE = Plugin(
    name="core",
    aggregates=_DOMAIN.aggregates,
    command_handlers=_DOMAIN.command_handlers,
    questions=_DOMAIN.questions,
    rules=_DOMAIN.rules,
    views=tuple(view for noun in _NOUNS for view in noun.views),
    schema=combined([noun.schema for noun in _NOUNS]),
    page=CORE_PAGE,
)
