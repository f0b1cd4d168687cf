"""The part of the domain about documents."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.document import handlers
from intersessional.domain.document.commands import (
    ForwardDocument,
    PublishDocument,
    RecordMissingDocument,
    ReviseDocument,
)
from intersessional.domain.document.document import Document
from intersessional.domain.kernel.refusals import LimitReached

DOCUMENT_PART = DomainPart(
    aggregates=(Document,),
    command_handlers=(
        CommandHandler(PublishDocument, handlers.publish_document),
        CommandHandler(RecordMissingDocument, handlers.record_missing_document),
        CommandHandler(ReviseDocument, handlers.revise_document, (LimitReached,)),
        CommandHandler(ForwardDocument, handlers.forward_document, (LimitReached,)),
    ),
)
