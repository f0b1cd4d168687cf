"""The Secretariat's assessments of resources in the API."""

import strawberry

from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.projections.cycles import AssessmentDocument


@object_type
class AssessmentType:
    """One assessment of the year's resources by the Secretariat."""

    value: strawberry.Private[AssessmentDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def id(self) -> strawberry.ID:
        """Its UUID, which decisions refer to."""
        return strawberry.ID(str(self.value.id))

    @field
    def capacity(self) -> int:
        """The number of groups that the resources can support."""
        return self.value.capacity

    @field
    async def note(self) -> str | None:
        """A note of the Secretariat."""
        return await self.loaders.text(self.value.note)
