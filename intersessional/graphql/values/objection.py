"""Objections to decisions in the API."""

import strawberry

from intersessional.domain.kernel.occurred import Occurred
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.decisions import ObjectionDocument


@object_type
class ObjectionType:
    """An objection to a decision that was proposed."""

    value: strawberry.Private[ObjectionDocument]
    withdrawal: strawberry.Private[Occurred | None]
    loaders: strawberry.Private[Loaders]

    @field
    def id(self) -> strawberry.ID:
        """The id by which `withdrawObjection` names it."""
        return strawberry.ID(str(self.value.id))

    @field
    async def participant(self) -> ParticipantType | None:
        """The participant who objected; null where only a name or a number is known."""
        return await find_participant(self.value.participant_id, self.loaders)

    @field
    async def name(self) -> str | None:
        """The name of the person who objected, as a source gives it; null after erasure."""
        return await self.loaders.text(self.value.name)

    @field
    def number(self) -> int:
        """How many people objected."""
        return self.value.number

    @field
    async def reasons(self) -> str | None:
        """The reasons, where they are known."""
        return await self.loaders.text(self.value.reasons)

    @field
    def made(self) -> OccurredType:
        """When it was made."""
        return OccurredType(value=self.value.made)

    @field
    def withdrawn(self) -> OccurredType | None:
        """When it was withdrawn; null while it stands."""
        return None if self.withdrawal is None else OccurredType(value=self.withdrawal)
