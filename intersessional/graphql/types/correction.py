"""Corrections of facts in the API, beside what they correct."""

from collections.abc import Sequence

import strawberry

from intersessional.domain.correction.changed_fields import ChangedField, Value, changed_fields
from intersessional.domain.correction.commands import CorrectFact
from intersessional.domain.correction.handlers import CHANGES_MAX
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.recorded_event import RecordedEvent

CORRECTIONS_MAX = 20
"""Corrections of one event that are shown, the last ones."""


@object_type
class CorrectedFieldType:
    """A field of an event with its values before and after a correction."""

    value: strawberry.Private[ChangedField]
    loaders: strawberry.Private[Loaders]

    @field
    def name(self) -> str:
        """The field, as a path with dots; `occurred` for when the event happened."""
        return self.value.field

    @field
    async def before(self) -> str | None:
        """The value before; null for none, and for a text that cannot be read."""
        return await self._text(self.value.before)

    @field
    async def after(self) -> str | None:
        """The value after; null for none, and for a text that cannot be read."""
        return await self._text(self.value.after)

    async def _text(self, value: Value) -> str | None:
        return await self.loaders.text(value) if isinstance(value, Sealed) else value


@object_type
class CorrectionType:
    """A correction of a fact: the event that recorded the fact stays as it is."""

    recorded: strawberry.Private[RecordedEvent]
    corrected: strawberry.Private[FactCorrected]
    loaders: strawberry.Private[Loaders]

    @field
    def event(self) -> AuditEntryType:
        """The event that records the correction: who made it, when, on what ground."""
        return AuditEntryType(recorded=self.recorded, loaders=self.loaders)

    @field
    async def corrects(self) -> AuditEntryType | None:
        """The event that recorded the fact first."""
        first = await self._first()
        return None if first is None else AuditEntryType(recorded=first, loaders=self.loaders)

    @field
    async def reason(self) -> str | None:
        """The reason."""
        return await self.loaders.text(self.corrected.reason)

    @field
    @at_most(CHANGES_MAX + 1)
    async def changes(self) -> list[CorrectedFieldType]:
        """The fields that it changed, against the fact as it was corrected before, if it was."""
        changed = await self.changed_fields()
        return [CorrectedFieldType(value=one, loaders=self.loaders) for one in changed]

    async def changed_fields(self) -> Sequence[ChangedField]:
        """The fields that it changed."""
        first = await self._first()
        if first is None:
            return []
        forms = [first, *(one for one in await corrections_of(first, self.loaders))]
        before = [one for one in forms if one.position < self.recorded.position][-1].fact.event
        if isinstance(before, FactCorrected) or not isinstance(before, type(self.corrected.fact)):
            return []
        return changed_fields(before, self.corrected.fact)

    async def _first(self) -> RecordedEvent | None:
        fact = self.corrected.fact
        return await self.loaders.event(self.recorded.stream, fact.originator_version)


async def corrections_of(recorded: RecordedEvent, loaders: Loaders) -> list[RecordedEvent]:
    """The corrections of an event, in order."""
    return [
        one
        for one in await loaders.corrections(recorded.stream)
        if isinstance(one.event, FactCorrected)
        and one.event.fact.originator_version == recorded.version
    ]


def correction_in(recorded: RecordedEvent, loaders: Loaders) -> CorrectionType | None:
    """The correction that an event is; None for an event that is none."""
    event = recorded.event
    if not isinstance(event, FactCorrected):
        return None
    return CorrectionType(recorded=recorded, corrected=event, loaders=loaders)


@at_most(CORRECTIONS_MAX)
async def corrections_of_entry(root: AuditEntryType) -> list[CorrectionType]:
    """The corrections of the fact that it recorded, in order, up to this state of the record."""
    found = await corrections_of(root.recorded, root.loaders)
    corrections = [correction_in(one, root.loaders) for one in found[-CORRECTIONS_MAX:]]
    return [one for one in corrections if one is not None]


async def correction_of_entry(root: AuditEntryType) -> CorrectionType | None:
    """The correction that it records; null for an event that is no correction."""
    return correction_in(root.recorded, root.loaders)


async def corrected_time_of_entry(root: AuditEntryType) -> OccurredType | None:
    """When it happened, as that was corrected last, up to this state of the record; null where its
    time was not corrected.
    """
    found = await corrections_of(root.recorded, root.loaders)
    if not found or found[-1].fact.occurred == root.recorded.occurred:
        return None
    return OccurredType(value=found[-1].fact.occurred)


CORRECTION_SCHEMA = SchemaPart(
    mutations=(Mutation(CorrectFact, "FactCorrected", Node),),
    extends={
        "AuditEntry": {
            "corrections": corrections_of_entry,
            "correction": correction_of_entry,
            "corrected_time": corrected_time_of_entry,
        }
    },
)
