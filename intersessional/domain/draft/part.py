"""The part of the domain about drafts."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.draft import handlers
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.refusals import GroupHasConcluded

DRAFT_PART = DomainPart(
    aggregates=(Draft,),
    command_handlers=(
        CommandHandler(PublishDraft, handlers.publish_draft, (GroupHasConcluded,)),
        CommandHandler(ReviseDraft, handlers.revise_draft, (GroupHasConcluded,)),
    ),
)
