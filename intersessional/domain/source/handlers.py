"""How commands about sources are answered."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.desk import Desk
from intersessional.domain.ids import source_id
from intersessional.domain.refused import AlreadyRecorded
from intersessional.domain.source.commands import ListSource
from intersessional.domain.source.source import Source
from intersessional.domain.texts import optional_text, slug, text


async def list_source(command: ListSource, desk: Desk) -> UUID:
    """Answer ListSource: a key names one source."""
    act = await desk.act_as(Role.SECRETARIAT)
    id = source_id(slug("key", command.key))
    if await desk.find(Source, id) is not None:
        raise AlreadyRecorded(kind="source", id=id)
    desk.add(
        Source.begin(
            Source.Listed,
            id=id,
            act=act,
            key=command.key,
            title=text("title", command.title),
            location=optional_text("location", command.location),
        )
    )
    return id
