"""The Secretariat's assessments of resources in the API."""

import strawberry

from intersessional.graphql.described import field, node_type
from intersessional.graphql.sight import Sight
from intersessional.projections.cycles import AssessmentDocument


@node_type
class Assessment:
    """One assessment of the year's resources by the Secretariat."""

    of: strawberry.Private[AssessmentDocument]
    sight: strawberry.Private[Sight]

    @field
    def id(self) -> strawberry.ID:
        """What a decision names it by."""
        return strawberry.ID(str(self.of.id))

    @field
    def capacity(self) -> int:
        """How many groups the resources can carry."""
        return self.of.capacity

    @field
    async def note(self) -> str | None:
        """What the Secretariat adds."""
        return await self.sight.text(self.of.note)
