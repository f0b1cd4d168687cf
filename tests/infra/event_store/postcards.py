"""Postcards: an aggregate whose texts are sealed, extended and burnt."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.event_store import (
    EventStore,
    HandledCommand,
)
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class Postcard(Aggregate):
    """A postcard."""

    TOPIC = "postcard"

    texts: tuple[Sealed, ...] = ()

    class Written(CreatedEvent):
        """It was written."""

        TOPIC = "postcard.written.v1"
        text: Sealed

        def apply(self, aggregate: "Postcard") -> None:
            aggregate.texts = (self.text,)

    class Extended(Aggregate.Event):
        """A text was added."""

        TOPIC = "postcard.extended.v1"
        text: Sealed

        def apply(self, aggregate: "Postcard") -> None:
            aggregate.texts = (*aggregate.texts, self.text)

    class Burnt(Aggregate.Event):
        """Its text was closed."""

        TOPIC = "postcard.burnt.v1"
        CLOSES = ("text", "copy")
        text: Sealed | None
        copy: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class WritePostcard(Command):
    """Writes a postcard."""

    TOPIC = "postcard.write"

    text: str = ""


ACT = Act(Actor(Role.OPERATOR), UUID(int=1), Occurred.parse("2018-04-04"), LIVE)


def envelope(text: str = "", command_id: UUID | None = None) -> CommandEnvelope:
    """The operator writes a postcard."""
    return CommandEnvelope(WritePostcard(command_id=command_id or uuid4(), text=text), OPERATOR)


def handled(one: CommandEnvelope, unit_of_work: UnitOfWork, subject: UUID) -> HandledCommand:
    """A command with the events of the unit of work."""
    return HandledCommand(envelope=one, subject=subject, events=unit_of_work.take_new_events())


def written(text: str) -> Postcard:
    """A new postcard."""
    return Postcard.create(Postcard.Written, id=uuid4(), act=ACT, text=Sealed(text))


async def append(
    event_store: EventStore,
    unit_of_work: UnitOfWork,
    subject: UUID,
    one: CommandEnvelope | None = None,
) -> int:
    """Append the unit of work as one command; answers its position."""
    [result] = await event_store.append(
        [handled(one or envelope(), unit_of_work, subject)],
        expects=unit_of_work.expects,
        asked=unit_of_work.asked,
        aggregates=unit_of_work.aggregates,
    )
    assert not result.repeated
    return result.position


async def a_postcard(event_store: EventStore, one: CommandEnvelope | None = None) -> UUID:
    """A postcard in the store."""
    unit_of_work = UnitOfWork(event_store)
    unit_of_work.add(postcard := written("Dear Ann"))
    await append(event_store, unit_of_work, postcard.id, one)
    return postcard.id


async def extend(event_store: EventStore, id: UUID, text: str) -> UnitOfWork:
    """A unit of work with one more event."""
    unit_of_work = UnitOfWork(event_store)
    postcard = await unit_of_work.load(Postcard, id)
    postcard.record(Postcard.Extended, act=ACT, text=Sealed(text))
    return unit_of_work
