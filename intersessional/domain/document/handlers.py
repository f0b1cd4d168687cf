"""Handlers of the commands about documents."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.document.commands import (
    ForwardDocument,
    PublishDocument,
    RecordMissingDocument,
    ReviseDocument,
)
from intersessional.domain.document.document import Document
from intersessional.domain.group.group import Group
from intersessional.domain.group.handlers import find_body
from intersessional.domain.group.stewardship import facilitators_then
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.body import Body, NamedBody
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.rule.core_rules import DOCUMENT_ROUTED


async def publish_document(command: PublishDocument, context: CommandContext) -> UUID:
    """Publish the first version of a document."""
    document, act = await _listed(command, context)
    document.publish(act, command.version)
    return document.id


async def record_missing_document(command: RecordMissingDocument, context: CommandContext) -> UUID:
    """Record that no source has a document."""
    document, act = await _listed(command, context)
    document.report_missing(act)
    return document.id


async def revise_document(command: ReviseDocument, context: CommandContext) -> UUID:
    """Publish a further version of a document."""
    document = await context.load(Document, command.document, command.expected_version)
    act = await _act_for(document.body, context)
    document.publish(act, command.version)
    return document.id


async def forward_document(command: ForwardDocument, context: CommandContext) -> UUID:
    """Forward a document; a document of a group that skips it deviates from a gate."""
    document = await context.load(Document, command.document, command.expected_version)
    act = await _act_for(document.body, context)
    if command.meeting is not None:
        await context.load(Meeting, command.meeting)
    recipient = await find_body(context, "recipient", command.recipient)
    sender = await _body("sender", command.sender, context)
    if document.skips_its_group(recipient, act.occurred):
        group = None if document.body is None else document.body.group_id
        context.deviate(
            DOCUMENT_ROUTED,
            act,
            subject=document.id,
            cycle_id=document.cycle_id,
            group_id=group,
            facts={"recipient": recipient.kind},
        )
    document.forward(act, sender=sender, recipient=recipient, meeting_id=command.meeting)
    return document.id


async def _listed(
    command: PublishDocument | RecordMissingDocument, context: CommandContext
) -> tuple[Document, Act]:
    """A new document without a version, and the act of who may publish it."""
    body = await _body("body", command.body, context)
    act = await _act_for(body, context)
    cycle = None if command.year is None else await context.load(Cycle, cycle_id(command.year))
    document = Document.register(
        act,
        id=command.derived_id,
        kind=command.kind,
        title=command.title,
        body=body,
        cycle=cycle,
    )
    context.add(document)
    return document, act


async def _act_for(body: Body | None, context: CommandContext) -> Act:
    """The act of the Secretariat, the chair, or a facilitator of the group it belongs to."""
    facilitators: tuple[UUID, ...] = ()
    if body is not None and body.group_id is not None:
        group = await context.load(Group, body.group_id)
        await context.check_right(group)
        facilitators = facilitators_then(group, context)
    return await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, Role.MAG_CHAIR, facilitators=facilitators
    )


async def _body(field: str, named: NamedBody | None, context: CommandContext) -> Body | None:
    """The body that a field names. Raises BadValue, NotFound."""
    return None if named is None else await find_body(context, field, named)
