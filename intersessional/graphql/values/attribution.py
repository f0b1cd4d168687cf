"""Attributions of comments in the API."""

import strawberry

from intersessional.domain.comment import attribution as domain
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type


@object_type
class AttributionType:
    """The original speaker of a comment that the Secretariat entered, and its source."""

    value: strawberry.Private[domain.Attribution]
    loaders: strawberry.Private[Loaders]

    @field
    async def speaker(self) -> str | None:
        """Their name; null when it was withdrawn or erased, in past states too."""
        return await self.loaders.text(self.value.speaker)

    @field
    async def source(self) -> str | None:
        """Where it can be found; null when it was withdrawn or erased, in past states too."""
        return await self.loaders.text(self.value.source)
