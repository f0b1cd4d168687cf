"""Imports of history by the Secretariat, in the API."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import strawberry

from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.history_import.commands import ImportHistory
from intersessional.domain.kernel.refusals import BadValue, CommandReused
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder
from intersessional.graphql.relay.ids import uuid_of
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.charge import DRY_RUN_POINTS
from intersessional.graphql.request.context import Context, Info
from intersessional.graphql.request.history_importer import CheckedFile
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, input_type, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.projections.history_imports import HISTORY_IMPORTS, HistoryImportDocument
from intersessional.projections.kernel.view import ANY_KIND, AnyView, ListKey

POINTS_PER_CHARACTER = 2
"""Reading a file, and the rules of its entries, without an append."""


@object_type
class HistoryImportType(DocumentNode[HistoryImportDocument]):
    """An import of a file of history by the Secretariat; its entries follow in the record."""

    view: ClassVar[AnyView] = HISTORY_IMPORTS

    @field
    def key(self) -> str:
        """The name of the history."""
        return self.document.history

    @field
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return self.document.digest

    @field
    def entries(self) -> int:
        """The number of entries of the file, with those that were recorded before."""
        return self.document.entries


@input_type
class ImportHistoryInput:
    """A file of history that was checked."""

    command_id: strawberry.ID
    """A UUID made by the client. The same command sent again returns its first result."""
    text: str
    """The file, as it was checked."""
    outcome: str
    """The digest of what is to be recorded, from the check."""


def trial_import(id: UUID) -> ImportHistory:
    """An import whose file is not read yet: who may not send it, may send none."""
    return ImportHistory(command_id=id, history="check", digest="0" * 64, entries=1)


async def _check_role(id: UUID, context: Context) -> None:
    """Check that the sender may import before the file is read, unless this may be a repeat.

    Raises Refused.
    """
    trial = await context.command_bus.preview(trial_import(id), context.caller)
    if trial.refused is not None and not isinstance(trial.refused, CommandReused):
        raise trial.refused


@dataclass(frozen=True)
class ImportMutation(Mutation):
    """The mutation that imports a file: one append of its entries."""

    @property
    def input(self) -> type:
        """The type of its argument."""
        return ImportHistoryInput

    async def submit(self, input: Any, context: Context) -> CommandResult:
        """Record the entries of the file. Raises Refused."""
        try:
            id = uuid_of(input.command_id)
        except ValueError:
            raise BadValue(field="command_id", problem="it is not a UUID.") from None
        context.charge(DRY_RUN_POINTS)
        await _check_role(id, context)
        context.charge(POINTS_PER_CHARACTER * len(input.text))
        file = CheckedFile(command_id=id, text=input.text, outcome=input.outcome)
        return await context.importer.record(file, context.caller)


@object_type
class HistoryImportQuery:
    """Queries of imports."""

    @field
    @shareable
    async def history_imports(
        self, info: Info, first: First = 20, after: After = None, as_of: PastState = None
    ) -> Connection[HistoryImportType] | None:
        """The imports by the Secretariat, the last one first."""
        arguments = DocumentPageArguments.parse(
            first=first, after=after, order=ListOrder.NEWEST_FIRST
        )
        loaders = await loaders_at(info.context, as_of)
        return await HistoryImportType.page_of(ListKey(None, ANY_KIND), loaders, arguments)


HISTORY_IMPORT_SCHEMA = SchemaPart(
    nodes=(HistoryImportType,),
    queries=(HistoryImportQuery,),
    mutations=(
        ImportMutation(
            ImportHistory, "HistoryImported", HistoryImportType, versioned=False, is_previewed=False
        ),
    ),
)
