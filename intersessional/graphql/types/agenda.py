"""Agendas of meetings and their items in the API."""

import asyncio
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.agenda import commands
from intersessional.domain.agenda.agenda import ITEMS_MAX
from intersessional.domain.agenda.agenda_state import AgendaState
from intersessional.domain.agenda_item.agenda_item_state import AgendaItemState
from intersessional.domain.agenda_item.commands import FinishAgendaItem
from intersessional.domain.kernel.ids import agenda_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.agendas import (
    AGENDA_ITEMS,
    AGENDAS,
    MATTER_STATE,
    AgendaDocument,
    AgendaItemDocument,
)
from intersessional.projections.kernel.view import AnyView, ListKey

OnlyState = Annotated[
    AgendaItemState | None, strawberry.argument(description="Only items in this state; else all.")
]


@object_type
class AgendaItemType(DocumentNode[AgendaItemDocument]):
    """An item of the agenda of a meeting."""

    view: ClassVar[AnyView] = AGENDA_ITEMS

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    def state(self) -> AgendaItemState:
        """What became of it at its own meeting."""
        return self.document.state

    @field
    async def is_open(self) -> bool:
        """Whether its matter is open: here, or at a meeting to which it was carried over."""
        counts = await self.loaders.counts(AGENDA_ITEMS, self.document.matter_id, MATTER_STATE)
        return counts.get(AgendaItemState.OPEN.value, 0) > 0

    @field
    def added_later(self) -> bool:
        """Whether it was added after the agenda had been set."""
        return self.document.added_later

    @field
    def done(self) -> OccurredType | None:
        """When it was dealt with; null where no such thing is on record."""
        return None if self.document.done is None else OccurredType(value=self.document.done)

    @field
    async def note(self) -> str | None:
        """What came of it; null where nobody told."""
        return await self.loaders.text(self.document.note)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting on whose agenda it is."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    async def follows_up(self) -> "AgendaItemType | None":
        """The item of another meeting that it follows up; null where it begins a matter."""
        return await AgendaItemType.find(self.document.follows_up, self.loaders)

    @field
    async def timeline(
        self, first: First = 20, after: After = None
    ) -> "Connection[AgendaItemType] | None":
        """The items of all meetings that follow each other up in its matter, with itself."""
        return await AgendaItemType.page(
            self.document.matter_id, self.loaders, first=first, after=after
        )


@object_type
class AgendaType(DocumentNode[AgendaDocument]):
    """The agenda of a meeting."""

    view: ClassVar[AnyView] = AGENDAS

    @field
    def state(self) -> AgendaState:
        """How far it is known and agreed on."""
        return self.document.state

    @field
    def set(self) -> OccurredType | None:
        """When it was circulated; null where it was not, or is missing in the sources."""
        return None if self.document.set is None else OccurredType(value=self.document.set)

    @field
    def adopted(self) -> OccurredType | None:
        """When the meeting adopted it; null where no such thing is on record."""
        return None if self.document.adopted is None else OccurredType(value=self.document.adopted)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    async def items(
        self, state: OnlyState = None, first: First = 20, after: After = None
    ) -> Connection[AgendaItemType] | None:
        """Its items, in their order."""
        return await AgendaItemType.page(
            self.document.meeting_id,
            self.loaders,
            kind=None if state is None else state.value,
            first=first,
            after=after,
        )

    @field
    @at_most(ITEMS_MAX)
    async def open_items(self) -> list[AgendaItemType]:
        """Its items whose matter is open still, also those that were carried over from it."""
        list_key = ListKey(self.document.meeting_id)
        items = [
            AgendaItemType.from_snapshot(one, self.loaders)
            async for one in every_document(self.loaders, AGENDA_ITEMS, list_key)
        ]
        is_open = await asyncio.gather(*(item.is_open() for item in items))
        return [item for item, still in zip(items, is_open, strict=True) if still]


async def agenda_of(root: MeetingType) -> AgendaType | None:
    """Its agenda; null where the record tells nothing of one."""
    return await AgendaType.find(agenda_id(root.snapshot.key), root.loaders)


AGENDA_SCHEMA = SchemaPart(
    nodes=(AgendaType, AgendaItemType),
    enums=(AgendaItemState, AgendaState),
    mutations=(
        Mutation(commands.SetAgenda, "AgendaSet", AgendaType),
        Mutation(commands.AddAgendaItem, "AgendaItemAdded", AgendaItemType),
        Mutation(commands.AdoptAgenda, "AgendaAdopted", AgendaType),
        Mutation(commands.RecordMissingAgenda, "MissingAgendaRecorded", AgendaType),
        Mutation(FinishAgendaItem, "AgendaItemFinished", AgendaItemType),
    ),
    extends={"Meeting": {"agenda": agenda_of}},
)
