"""The Secretariat's assessments of resources in the API."""

from typing import Self

import strawberry

from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.assessments import AssessmentDocument
from intersessional.projections.kernel.reader import DocumentSnapshot


@object_type
class AssessmentType:
    """One assessment of the year's resources by the Secretariat."""

    value: strawberry.Private[DocumentSnapshot[AssessmentDocument]]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(cls, value: DocumentSnapshot[AssessmentDocument], loaders: Loaders) -> Self:
        """The assessment over its document."""
        return cls(value=value, loaders=loaders)

    @field
    def id(self) -> strawberry.ID:
        """Its UUID, which decisions refer to."""
        return strawberry.ID(str(self.value.key))

    @field
    def capacity(self) -> int:
        """The number of groups that the resources can support."""
        return self.value.document.capacity

    @field
    async def note(self) -> str | None:
        """A note of the Secretariat."""
        return await self.loaders.text(self.value.document.note)

    @field
    def assessed(self) -> OccurredType:
        """When the Secretariat assessed the resources."""
        return OccurredType(value=self.value.document.assessed)
