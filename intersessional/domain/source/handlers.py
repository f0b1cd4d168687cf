"""How commands about sources are answered."""

from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.domain.kernel.texts import text, validated_optional_text, validated_slug
from intersessional.domain.source.commands import ListSource
from intersessional.domain.source.source import Source


async def list_source(command: ListSource, context: CommandContext) -> UUID:
    """Answer ListSource: a key names one source."""
    act = await context.act_as(Role.SECRETARIAT)
    id = source_id(validated_slug("key", command.key))
    if await context.find(Source, id) is not None:
        raise AlreadyRecorded(kind="source", id=id)
    context.add(
        Source.begin(
            Source.Listed,
            id=id,
            act=act,
            key=command.key,
            title=text("title", command.title),
            location=validated_optional_text("location", command.location),
        )
    )
    return id
