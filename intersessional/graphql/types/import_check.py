"""What an import of history would record, in the API."""

from enum import Enum
from typing import Annotated
from uuid import uuid4

import strawberry
from eventsourcing.utils import get_topic

from intersessional.answer_counts import previews
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.history_import.history_import import ENTRIES_MAX
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.graphql.mutations.refusals import Refusal, refusal_value
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.charge import DRY_RUN_POINTS
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.history_importer import (
    CheckedEntry,
    CheckedHistory,
    ImportProblem,
)
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type, signed_in_input_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.history_import import (
    POINTS_PER_CHARACTER,
    HistoryImportType,
    trial_import,
)
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.soft_rule import SoftRuleType
from intersessional.projections.kernel.view import ListKey

EVENTS_MAX = 200
"""Events of a check that are shown, the first ones."""
PROBLEMS_MAX = 50
"""Problems of a check that are shown, the first ones."""


class EntryState(Enum):
    """What an import would do with an entry."""

    NEW = "NEW"
    """It would be recorded."""
    RECORDED = "RECORDED"
    """It is recorded already, and nothing is recorded again."""
    REFUSED = "REFUSED"
    """It has a mistake, or is refused."""
    UNCHECKED = "UNCHECKED"
    """It was not checked: it rests on an entry with a problem, or there are too many of them."""


@object_type
class ImportProblemType:
    """What is wrong in a file of history, or why an entry of it is refused."""

    value: strawberry.Private[ImportProblem]
    entry: str | None
    """The key of the entry; null where the file cannot be read."""

    @field
    def line(self) -> int:
        """The line that it is about, from 1."""
        return self.value.line

    @field
    def code(self) -> str:
        """A stable code, of the mistake or of the refusal."""
        return self.value.code

    @field
    def message(self) -> str:
        """What is wrong, in a sentence."""
        return self.value.message


@object_type
class ImportEntryType:
    """An entry of a file of history."""

    value: strawberry.Private[CheckedEntry]

    @field
    def key(self) -> str:
        """Its key."""
        return self.value.key

    @field
    def line(self) -> int:
        """The line on which it begins, from 1."""
        return self.value.line

    @field
    def command(self) -> str:
        """The name of its command."""
        return self.value.command

    @field
    def state(self) -> EntryState:
        """What the import would do with it."""
        match self.value:
            case CheckedEntry(events=[_, *_]):
                return EntryState.NEW
            case CheckedEntry(repeated=True):
                return EntryState.RECORDED
            case CheckedEntry(problem=None):
                return EntryState.UNCHECKED
            case _:
                return EntryState.REFUSED

    @field
    def blocked_by(self) -> str | None:
        """The key of the entry with a problem that it names, for one that was not checked."""
        return self.value.blocked_by


@object_type
class ExpectedEventType:
    """An event that would be recorded."""

    entry: str
    """The key of the entry of the file."""
    event: strawberry.Private[DomainEvent]
    loaders: strawberry.Private[Loaders]

    @field
    def topic(self) -> str:
        """The stored name of its type with a version, like `comment.posted.v1`."""
        return get_topic(type(self.event))

    @field
    def summary(self) -> str:
        """The meaning of events of its type, in a sentence."""
        return type(self.event).sentence()

    @field
    def occurred(self) -> OccurredType:
        """When it happened."""
        return OccurredType(value=self.event.act.occurred)

    @field
    async def subject(self, info: Info) -> Node | None:
        """The node that it would change; null for one that it begins."""
        return await find_node(self.event.originator_id, self.loaders, info)

    @field
    def deviates_from(self, info: Info) -> SoftRuleType | None:
        """The rule that it deviates from; null for an event that is no deviation."""
        if not isinstance(self.event, Deviation.Recorded):
            return None
        rule = info.context.command_bus.rules.get(self.event.rule)
        return None if rule is None else SoftRuleType.of(rule)


@object_type
class ImportCheckType:
    """What the import of a file would record now: nothing was recorded."""

    value: strawberry.Private[CheckedHistory]
    loaders: strawberry.Private[Loaders]

    @field
    def history(self) -> str | None:
        """The name of the history; null for a file that cannot be read."""
        return self.value.history

    @field
    async def previous(self) -> HistoryImportType | None:
        """The last import of a history of this name."""
        if self.value.history is None:
            return None
        newest = DocumentPageArguments.parse(first=1, after=None, order=ListOrder.NEWEST_FIRST)
        found = await HistoryImportType.page_of(
            ListKey(None, self.value.history), self.loaders, newest
        )
        return next((edge.node for edge in found.edges), None)

    @field
    def outcome(self) -> str | None:
        """A digest of all that would be recorded: send it with `importHistory`.

        Null where there is nothing new, or where something is refused.
        """
        return self.value.outcome

    @field
    @at_most(ENTRIES_MAX)
    def entries(self) -> list[ImportEntryType]:
        """The entries, in order."""
        return [ImportEntryType(value=one) for one in self.value.entries]

    @field
    @at_most(PROBLEMS_MAX)
    def problems(self) -> list[ImportProblemType]:
        """What is wrong, the first ones: the file cannot be read, or entries are refused."""
        if self.value.problem is not None:
            return [ImportProblemType(value=self.value.problem, entry=None)]
        return [
            ImportProblemType(value=one.problem, entry=one.key)
            for one in self.value.entries
            if one.problem is not None
        ][:PROBLEMS_MAX]

    @field
    def event_count(self) -> int:
        """How many events would be recorded."""
        return sum(len(one.events) for one in self.value.entries)

    @field
    @at_most(EVENTS_MAX)
    def events(self) -> list[ExpectedEventType]:
        """The events that would be recorded, in order, the first ones."""
        return [
            ExpectedEventType(entry=one.key, event=event, loaders=self.loaders)
            for one in self.value.entries
            for event in one.events
        ][:EVENTS_MAX]


@signed_in_input_type
class ImportCheckInput:
    """A file of history to check."""

    text: str
    """The file; at most 80,000 bytes in UTF-8, and 200 entries."""


@object_type
class ImportCheckResult:
    """The check of a file, or why the sender may not import it."""

    check: ImportCheckType | None
    """What an import would record."""
    refusal: Refusal | None
    """Why the sender may not import."""


@object_type
class ImportCheckQuery:
    """The query that checks a file."""

    @field
    async def import_check(
        self,
        info: Info,
        input: Annotated[ImportCheckInput, strawberry.argument(description="The file.")],
    ) -> ImportCheckResult:
        """What an import of a file would record now. Nothing is recorded."""
        context = info.context
        context.charge(DRY_RUN_POINTS)
        refused = await context.command_bus.dry_run(trial_import(uuid4()), context.caller)
        if refused is not None:
            previews["refused"] += 1
            return ImportCheckResult(check=None, refusal=refusal_value(refused))
        context.charge(POINTS_PER_CHARACTER * len(input.text))
        checked = await context.importer.check(input.text)
        is_refused = checked.problem or any(one.problem for one in checked.entries)
        previews["refused" if is_refused else "shown"] += 1
        loaders = await loaders_at(context, None)
        return ImportCheckResult(
            check=ImportCheckType(value=checked, loaders=loaders), refusal=None
        )


IMPORT_CHECK_SCHEMA = SchemaPart(enums=(EntryState,), queries=(ImportCheckQuery,))
