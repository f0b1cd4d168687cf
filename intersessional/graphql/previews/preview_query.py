"""The query that previews a command."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import strawberry

from intersessional.answer_counts import previews
from intersessional.domain.command_handling.command_preview import CommandPreview
from intersessional.domain.kernel.refusals import NotSignedIn, Refused
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.previews.command_input import command_input, given_command
from intersessional.graphql.previews.command_preview import CommandPreviewType
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.as_of_input import AsOfInput, loaders_at
from intersessional.graphql.request.charge import PREVIEW_EVENT_POINTS, PREVIEW_POINTS
from intersessional.graphql.request.context import Context, Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.request.text_loader import TextLoader
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.preview_event_reader import PreviewEventReader
from intersessional.projections.kernel.preview_reader import PreviewReader
from intersessional.projections.kernel.previewed_events import PreviewedEvents


def preview_query(mutations: Sequence[Mutation], nodes: Sequence[type[Node]]) -> type:
    """The type with the query that previews any of these mutations."""

    async def preview(self: object, info: Info, command: Any) -> CommandPreviewType:
        """What a command would record now, in the name of who asks.

        Only who may send the command sees it; others get the refusal.
        """
        context, past = info.context, False
        context.charge(PREVIEW_POINTS)
        recorded = await loaders_at(
            context, AsOfInput(position=Position(await context.record.head()))
        )
        try:
            if context.caller.person is None:
                raise NotSignedIn
            parsed = given_command(command, mutations)
            past = parsed.occurred is not None
            answer = await context.command_bus.preview(parsed, context.caller)
        except Refused as refused:
            answer = CommandPreview(refused=refused)
        previews["shown" if answer.refused is None else "refused"] += 1
        context.charge(PREVIEW_EVENT_POINTS * len(answer.events))
        previewed = PreviewedEvents.after(
            recorded.as_of.position, answer.events, now=datetime.now(UTC), is_past=past
        )
        return _previewed(context, answer, previewed, recorded, nodes)

    argument = strawberry.argument(description="The command, as it would be sent.")
    preview.__annotations__ = {
        "info": Info,
        "command": Annotated[command_input(mutations), argument],
        "return": CommandPreviewType,
    }
    fields = {"preview": field(preview), "__doc__": "The query of previews."}
    return object_type(type("PreviewQuery", (), fields))


def _previewed(
    context: Context,
    answer: CommandPreview,
    previewed: PreviewedEvents,
    recorded: Loaders,
    nodes: Sequence[type[Node]],
) -> CommandPreviewType:
    record = PreviewEventReader(context.record, previewed)
    batched = context.reader.batched(context.answer.compute, context.answer.spend_rows)
    reader = PreviewReader(batched, context.record, previewed)
    texts = TextLoader(record, context.answer)
    loaders = Loaders(reader, record, AsOf(previewed.last), context.dependencies, texts)
    return CommandPreviewType(
        preview=answer,
        previewed=previewed,
        reader=reader,
        recorded=recorded,
        loaders=loaders,
        nodes=nodes,
    )
