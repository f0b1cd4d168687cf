"""Deviations of a written proposal from soft rules: time, length and background."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.words import count_words
from intersessional.domain.proposal.advised_length import LEAST_WORDS, MOST_WORDS, is_length_advised
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.writing import missing_parts
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.rule.core_rules import (
    BACKGROUND_COMPLETE,
    LENGTH_ADVISED,
    PROPOSAL_IN_TIME,
)
from intersessional.domain.template.default_template import BACKGROUND_PARTS
from intersessional.domain.template.template_part import RequirementLevel, TemplateVersion


def flag_time(context: CommandContext, act: Act, proposal: Proposal, cycle: Cycle) -> None:
    """Flag a written proposal that came certainly after the deadline in force (DOMAIN row 9)."""
    deadline = cycle.deadlines.at(act.occurred)
    if deadline is not None and deadline.value.is_past_at(act.occurred):
        context.deviate(
            PROPOSAL_IN_TIME,
            act,
            subject=proposal.id,
            cycle_id=cycle.id,
            facts={"due_on": deadline.value.due_on, "submitted": act.occurred.at},
        )


def flag_text(
    context: CommandContext,
    act: Act,
    proposal: Proposal,
    written: WrittenProposal,
    template: TemplateVersion,
) -> None:
    """Flag the length and the background (DOMAIN rows 42, 44), unless sources may lack texts."""
    if act.provenance.historical:
        return
    words = sum(count_words(section.text) for section in written.sections)
    if not is_length_advised(words):
        context.deviate(
            LENGTH_ADVISED,
            act,
            subject=proposal.id,
            cycle_id=proposal.cycle_id,
            facts={"words": words, "least": LEAST_WORDS, "most": MOST_WORDS},
        )
    missing = missing_parts(
        template,
        [RequirementLevel.REQUIRED, RequirementLevel.RECOMMENDED],
        sections=[section.key for section in written.sections],
        co_facilitators=len(written.co_facilitators),
        organisations=len(written.organisations),
    )
    lacking = [key for key in missing if key in BACKGROUND_PARTS]
    if lacking:
        context.deviate(
            BACKGROUND_COMPLETE,
            act,
            subject=proposal.id,
            cycle_id=proposal.cycle_id,
            facts={"missing": lacking},
        )
