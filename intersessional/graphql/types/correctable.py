"""What a correction of an event may change, and what was recorded on the event, in the API."""

import strawberry

from intersessional.domain.correction.correctable_values import (
    FIELDS_MAX,
    CorrectableValue,
    FieldForm,
    correctable_values,
)
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.graphql.types.correction import corrections_of
from intersessional.projections.kernel.recorded_event import UnknownEvent

CONSEQUENCES_MAX = 20
"""Shown consequences of one event, the first ones."""


@object_type
class CorrectableFieldType:
    """A field of an event that a correction may change."""

    correctable: strawberry.Private[CorrectableValue]
    loaders: strawberry.Private[Loaders]

    @field
    def name(self) -> str:
        """Its path with dots, as `correctFact` takes it."""
        return self.correctable.field

    @field
    def form(self) -> FieldForm:
        """How its value is written."""
        return self.correctable.form

    @field
    async def value(self) -> str | None:
        """The value, as it was corrected last; null for none, and for what cannot be read."""
        value = self.correctable.value
        return await self.loaders.text(value) if isinstance(value, Sealed) else value

    @field
    @at_most(FIELDS_MAX)
    def choices(self) -> list[str]:
        """The words that a `CHOICE` is made of."""
        return [*self.correctable.choices][:FIELDS_MAX]


@at_most(FIELDS_MAX)
async def correctable_of_entry(root: AuditEntryType) -> list[CorrectableFieldType]:
    """The fields that a correction may change, as the fact was corrected last.

    None of a correction itself, and of what a rule or the clock recorded.
    """
    event = root.recorded.event
    if isinstance(event, UnknownEvent | FactCorrected) or event.act.actor.role is Role.SYSTEM:
        return []
    for one in await corrections_of(root.recorded, root.loaders):
        if isinstance(one.event, FactCorrected):
            event = one.event.fact
    return [
        CorrectableFieldType(correctable=one, loaders=root.loaders)
        for one in correctable_values(event)
    ]


@at_most(CONSEQUENCES_MAX)
async def consequences_of_entry(root: AuditEntryType) -> list[AuditEntryType]:
    """What rules recorded with it, in the same append: it stands when the event is corrected."""
    if root.act is None or root.act.actor.role is Role.SYSTEM:
        return []
    first, last = root.recorded.position + 1, root.loaders.as_of.position
    until = min(first + CONSEQUENCES_MAX, last + 1)
    found = entries(await root.loaders.events(range(first, until)), root.loaders)
    return [
        one
        for one in found
        if one.act is not None
        and one.act.command == root.act.command
        and one.act.actor.role is Role.SYSTEM
    ]


CORRECTABLE_SCHEMA = SchemaPart(
    enums=(FieldForm,),
    extends={
        "AuditEntry": {
            "correctable": correctable_of_entry,
            "consequences": consequences_of_entry,
        }
    },
)
