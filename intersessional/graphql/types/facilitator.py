"""Facilitators of groups in the API."""

from typing import Annotated

import strawberry

from intersessional.domain.group.facilitation import FACILITATORS_MAX
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.participant import ParticipantType
from intersessional.projections.groups import FacilitatorDocument
from intersessional.projections.participants import PARTICIPANTS

FirstFacilitators = Annotated[
    int,
    strawberry.argument(description=f"The number of facilitators, from 1 to {FACILITATORS_MAX}."),
]


@object_type
class FacilitatorType:
    """A person who facilitates a group."""

    value: strawberry.Private[FacilitatorDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def participant(self) -> ParticipantType | None:
        """The participant."""
        return await ParticipantType.find(self.value.participant_id, self.loaders)

    @field
    async def mag_member(self) -> bool | None:
        """Whether they were a member of the MAG at some instant of the time of their appointment.

        It follows from their roles as the state that is asked for knows them; null for a person
        of the past of whom it knows no role.
        """
        found = await self.loaders.get(PARTICIPANTS, self.value.participant_id)
        if found is None:
            return None
        return self.value.is_mag_member(found.document.tenures)
