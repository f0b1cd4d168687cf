"""Questions that are raised, in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.raised_question import commands
from intersessional.domain.raised_question.question_state import QuestionState
from intersessional.domain.raised_question.raised_question import ANSWERS_MAX
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First, parse_first
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.raised_questions import (
    RAISED_QUESTIONS,
    UNSETTLED,
    AnswerDocument,
    RaisedQuestionDocument,
)

StateOfQuestion = Annotated[
    QuestionState | None, strawberry.argument(description="Only questions in this state.")
]

FirstAnswers = Annotated[
    int, strawberry.argument(description=f"The number of answers, from 1 to {ANSWERS_MAX}.")
]


@object_type
class GivenAnswerType:
    """An answer to a question, in full or in part."""

    value: strawberry.Private[AnswerDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def text(self) -> str | None:
        """The answer; null after erasure."""
        return await self.loaders.text(self.value.text)

    @field
    def complete(self) -> bool:
        """Whether it answers the question in full."""
        return self.value.complete

    @field
    def answered(self) -> OccurredType:
        """When it was given."""
        return OccurredType(value=self.value.answered)

    @field
    async def answered_by(self) -> ParticipantType | None:
        """Who answered; null where that is not known."""
        return await ParticipantType.find(self.value.answered_by, self.loaders)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was given; null elsewhere, or where that is not known."""
        return await MeetingType.find(self.value.meeting_id, self.loaders)


@object_type
class RaisedQuestionType(DocumentNode[RaisedQuestionDocument]):
    """A question that was raised: open until it is answered or withdrawn."""

    view: ClassVar[AnyView] = RAISED_QUESTIONS

    @field
    async def question(self) -> str | None:
        """The question; null after erasure."""
        return await self.loaders.text(self.document.text)

    @field
    def state(self) -> QuestionState:
        """Whether it was answered, in full or in part, or withdrawn."""
        return self.document.state

    @field
    def is_open(self) -> bool:
        """Whether it waits for an answer, or for the rest of one."""
        return self.document.state.is_open

    @field
    @shareable
    async def about(self, info: Info) -> Node | None:
        """What it is about, such as a working group; null for a question in general."""
        about = self.document.about_id
        return None if about is None else await find_node(about, self.loaders, info)

    @field
    def raised(self) -> OccurredType:
        """When it was raised."""
        return OccurredType(value=self.document.raised)

    @field
    async def raised_by(self) -> ParticipantType | None:
        """Who raised it; null where that is not known."""
        return await ParticipantType.find(self.document.raised_by, self.loaders)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was raised; null elsewhere, or where that is not known."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    @at_most(ANSWERS_MAX)
    def answers(self, first: FirstAnswers = ANSWERS_MAX) -> list[GivenAnswerType]:
        """The answers in the order in which they were given, all of them by default."""
        parse_first(first, size_max=ANSWERS_MAX)
        answers = self.document.answers[:first]
        return [GivenAnswerType(value=one, loaders=self.loaders) for one in answers]

    @field
    async def reason(self) -> str | None:
        """Why it was withdrawn."""
        return await self.loaders.text(self.document.reason)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle it belongs to."""
        return await CycleType.find(self.document.cycle_id, self.loaders)


async def questions_of(
    root: Node, state: StateOfQuestion = None, first: First = 20, after: After = None
) -> Connection[RaisedQuestionType] | None:
    """The questions that were raised, in one state or any, in the order of recording."""
    kind = None if state is None else state.value
    return await RaisedQuestionType.page(
        root.snapshot.key, root.loaders, kind=kind, first=first, after=after
    )


async def open_questions_of(
    root: Node, first: First = 20, after: After = None
) -> Connection[RaisedQuestionType] | None:
    """The questions that wait for an answer, or for the rest of one."""
    return await RaisedQuestionType.page(
        root.snapshot.key, root.loaders, kind=UNSETTLED, first=first, after=after
    )


@object_type
class RaisedQuestionQuery:
    """Queries of questions."""

    @field
    @shareable
    async def raised_question(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> RaisedQuestionType | None:
        """The question with this id."""
        return await RaisedQuestionType.find(parse_id(id), await loaders_at(info.context, as_of))


_SUBJECTS = ("Cycle", "Group", "Proposal")

RAISED_QUESTION_SCHEMA = SchemaPart(
    nodes=(RaisedQuestionType,),
    enums=(QuestionState,),
    queries=(RaisedQuestionQuery,),
    mutations=(
        Mutation(commands.RaiseQuestion, "QuestionRaised", RaisedQuestionType, versioned=False),
        Mutation(commands.AnswerQuestion, "QuestionAnswered", RaisedQuestionType),
        Mutation(commands.WithdrawQuestion, "QuestionWithdrawn", RaisedQuestionType),
    ),
    extends={
        name: {"questions": questions_of, "open_questions": open_questions_of} for name in _SUBJECTS
    },
)
