"""An aggregate for tests, the term of office, and a question about all terms of an office."""

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.event_store import EventStore, HandledCommand
from intersessional.domain.command_handling.question import Answer, AnyQuestion, Question
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from intersessional.infra.read_models.answer_reader import ANSWER_S, ViewAnswerReader
from intersessional.projections.kernel.question_view import question_view
from tests.infra.read_models.harness import ReadModelHarness

A = TypeVar("A")

ACT = Act(Actor(Role.OPERATOR), UUID(int=1), Occurred.parse("2018-04-04"), LIVE)


class Term(Aggregate):
    """A term of office."""

    TOPIC = "term"

    office: UUID

    class Begun(CreatedEvent):
        """Someone began a term of office."""

        TOPIC = "term.begun.v1"
        office: UUID

        def apply(self, aggregate: "Term") -> None:
            aggregate.office = self.office

    class Ended(Aggregate.Event):
        """The term ended."""

        TOPIC = "term.ended.v1"
        office: UUID

    @classmethod
    def begin(cls, act: Act, id: UUID, office: UUID) -> "Term":
        """Begin a term."""
        return cls.create(cls.Begun, id=id, act=act, office=office)

    def end(self, act: Act) -> None:
        """End the term."""
        self.record(Term.Ended, act=act, office=self.office)


def _office(event: DomainEvent) -> Collection[UUID]:
    # Named twice, as a key is that an event has in two fields.
    return (event.office, event.office) if isinstance(event, Term.Begun | Term.Ended) else ()


def _running(running: int | None, event: DomainEvent) -> int | None:
    return (running or 0) + (1 if isinstance(event, Term.Begun) else -1)


RUNNING_TERMS: Question[int] = Question(
    name="running_terms", version=1, answer=int, keys=_office, evolve=_running
)
"""How many terms of an office have begun and not ended."""


@dataclass(frozen=True, kw_only=True)
class BeginTerm(Command):
    """Begin a term of an office that nobody holds."""

    TOPIC = "term.begin"

    office: UUID


@dataclass(frozen=True, kw_only=True)
class EndTerm(Command):
    """End a term."""

    TOPIC = "term.end"

    term: UUID


async def begin_term(command: BeginTerm, context: CommandContext) -> UUID:
    """Begin a term; an office has one holder."""
    act = await context.act_as(Role.OPERATOR)
    if await context.ask(RUNNING_TERMS, command.office):
        raise BadValue(field="office", problem="someone holds it.")
    context.add(Term.begin(act, command.derived_id, command.office))
    return command.derived_id


async def end_term(command: EndTerm, context: CommandContext) -> UUID:
    """End a term."""
    term = await context.load(Term, command.term)
    term.end(await context.act_as(Role.OPERATOR))
    return term.id


def office_bus(event_store: EventStore) -> CommandBus:
    """A command bus for terms of office."""
    return CommandBus(
        event_store,
        command_handlers=[CommandHandler(BeginTerm, begin_term), CommandHandler(EndTerm, end_term)],
        clock=lambda: datetime.now(UTC),
    )


def begin(unit_of_work: UnitOfWork, office: UUID) -> Term:
    """Begin a term in a unit of work."""
    term = Term.begin(ACT, uuid4(), office)
    unit_of_work.add(term)
    return term


async def append_terms(
    event_store: EventStore, unit_of_work: UnitOfWork, command: BeginTerm | None = None
) -> int:
    """Append the events of a unit of work; the position of the last one."""
    events = unit_of_work.take_new_events()
    command = command or BeginTerm(command_id=uuid4(), office=uuid4())
    [result] = await event_store.append(
        [
            HandledCommand(
                envelope=CommandEnvelope(command, OPERATOR),
                subject=events[0].originator_id,
                events=events,
            )
        ],
        expects=unit_of_work.expects,
        asked=unit_of_work.asked,
        aggregates=unit_of_work.aggregates,
    )
    return result.position


async def record_term(event_store: EventStore, office: UUID) -> int:
    """Begin a term without a question; the position."""
    unit_of_work = UnitOfWork(event_store)
    begin(unit_of_work, office)
    return await append_terms(event_store, unit_of_work)


class NoAnswers:
    """The answers of a store that is asked no question."""

    async def answer(self, question: Question[A], key: UUID, reached: int) -> Answer[A]:
        """Fail."""
        raise AssertionError(f"{question.id} was asked")


@asynccontextmanager
async def office_store(
    harness: ReadModelHarness,
    *,
    questions: Sequence[AnyQuestion] = (RUNNING_TERMS,),
    answer_s: float = ANSWER_S,
) -> AsyncGenerator[PostgresEventStore]:
    """The event store of one more node, which knows these questions."""
    async with (
        harness.run_projector(*map(question_view, questions)) as reader,
        Sequencer(harness.dsn, schema=harness.schema) as sequencer,
    ):
        for question in questions:
            await reader.wait_until_view_reached(question_view(question), 0)
        yield PostgresEventStore(
            log=harness.log,
            sequencer=sequencer,
            codec=Codec([Term], questions),
            answers=ViewAnswerReader(reader, questions, answer_s=answer_s),
        )
