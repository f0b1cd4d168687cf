"""Bodies in the API."""

import strawberry

from intersessional.domain.kernel import body as domain
from intersessional.domain.kernel.body import BodyKind
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type


@object_type
class BodyType:
    """A body: one of the Forum, a group, or another by its name."""

    value: strawberry.Private[domain.Body]
    loaders: strawberry.Private[Loaders]

    @field
    def kind(self) -> BodyKind:
        """The kind of body."""
        return self.value.kind

    @field
    async def name(self) -> str | None:
        """The name of another body; null for the MAG, the Secretariat and groups."""
        return await self.loaders.text(self.value.name)


def body_of(value: domain.Body | None, loaders: Loaders) -> BodyType | None:
    """The body in the API, or None."""
    return None if value is None else BodyType(value=value, loaders=loaders)
