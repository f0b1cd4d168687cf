"""A recorded command answers its first outcome, also after its class has changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.refusals import CommandReused
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.command_body import command_body
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from tests.infra.event_store.offices import NoAnswers


class Circular(Aggregate):
    TOPIC = "circular"

    class Written(CreatedEvent):
        TOPIC = "circular.written.v1"

    def apply(self, event: Written) -> None:
        """A circular keeps nothing."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str


@dataclass(frozen=True, kw_only=True)
class WriteCircular(Command):
    TOPIC = "circular.write"

    paragraphs: tuple[Paragraph, ...]
    lead: Paragraph


@dataclass(frozen=True, kw_only=True)
class ParagraphInLanguage:
    text: str
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComposeCircular(Command):
    """The same command under another name, with optional fields more."""

    TOPIC = "circular.write"

    paragraphs: tuple[ParagraphInLanguage, ...]
    lead: ParagraphInLanguage
    theme: str | None = None
    labels: tuple[str, ...] = ()


async def write(command: Command, context: CommandContext) -> UUID:
    act = await context.act_as(Role.OPERATOR)
    context.add(Circular.create(Circular.Written, id=command.derived_id, act=act))
    return command.derived_id


Submit = Callable[[Command], Awaitable[CommandResult]]


@pytest.fixture
def submit(sequencer: Sequencer, log: EventLog) -> Submit:
    """Sends a command to a bus that knows no other."""

    async def send(command: Command) -> CommandResult:
        bus = CommandBus(
            PostgresEventStore(
                log=log, sequencer=sequencer, codec=Codec([Circular]), answers=NoAnswers()
            ),
            command_handlers=[CommandHandler(type(command), write)],
            clock=lambda: datetime.now(UTC),
        )
        return await bus.submit(command, OPERATOR)

    return send


def circular(command_id: UUID) -> WriteCircular:
    return WriteCircular(
        command_id=command_id, paragraphs=(Paragraph(text="a"),), lead=Paragraph(text="b")
    )


def circular_in_languages(command_id: UUID) -> ComposeCircular:
    """The same command as a later version sends it."""
    return ComposeCircular(
        command_id=command_id,
        paragraphs=(ParagraphInLanguage(text="a"),),
        lead=ParagraphInLanguage(text="b"),
    )


async def test_command_whose_class_was_renamed_and_got_optional_fields_is_a_repeat(
    submit: Submit,
) -> None:
    command_id = uuid4()
    first = await submit(circular(command_id))

    again = await submit(circular_in_languages(command_id))

    assert again.repeated
    assert (again.subject, again.position) == (first.subject, first.position)


@pytest.mark.parametrize(
    "changed",
    [
        {"lead": ParagraphInLanguage(text="b", language="fr")},
        {"theme": "ai"},
        {"labels": ("one",)},
        {"paragraphs": ()},
        {"expected_version": 1},
    ],
)
async def test_command_that_says_something_else_in_an_optional_field_is_refused(
    submit: Submit, changed: dict[str, Any]
) -> None:
    command_id = uuid4()
    await submit(circular(command_id))

    with pytest.raises(CommandReused):
        await submit(replace(circular_in_languages(command_id), **changed))


def test_command_body_holds_topic_sender_and_what_differs_from_defaults() -> None:
    command = circular(UUID(int=1))

    assert command_body(CommandEnvelope(command, Caller(person=UUID(int=2)))) == (
        b'{"fields":{"command_id":"00000000-0000-0000-0000-000000000001","lead":{"text":"b"},'
        b'"paragraphs":[{"text":"a"}]},"person":"00000000-0000-0000-0000-000000000002",'
        b'"topic":"circular.write","v":1}'
    )
    assert command_body(CommandEnvelope(command, OPERATOR)).endswith(
        b'"person":null,"topic":"circular.write","v":1}'
    )
