"""Attributions of comments in the API."""

import strawberry

from intersessional.domain.comment import comment as domain
from intersessional.graphql.described import field, node_type
from intersessional.graphql.sight import Sight


@node_type
class Attribution:
    """Who said elsewhere what the Secretariat entered here, and where that can be found."""

    of: strawberry.Private[domain.Attribution]
    sight: strawberry.Private[Sight]

    @field
    async def speaker(self) -> str | None:
        """Their name; null after erasure."""
        return await self.sight.text(self.of.speaker)

    @field
    async def source(self) -> str | None:
        """Where it can be found; null after erasure."""
        return await self.sight.text(self.of.source)
