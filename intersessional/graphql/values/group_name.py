"""Names of groups in the API."""

from typing import Self

import strawberry

from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.group_names import GroupNameDocument
from intersessional.projections.kernel.reader import DocumentSnapshot


@object_type
class GroupNameType:
    """A name that a group has had."""

    value: strawberry.Private[GroupNameDocument]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(cls, value: DocumentSnapshot[GroupNameDocument], loaders: Loaders) -> Self:
        """The name over its document."""
        return cls(value=value.document, loaders=loaders)

    @field
    async def name(self) -> str | None:
        """The name."""
        return await self.loaders.text(self.value.name)

    @field
    def since(self) -> OccurredType:
        """When the group took the name."""
        return OccurredType(value=self.value.since)
