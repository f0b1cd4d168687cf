"""When something happened."""

from datetime import datetime

import strawberry

from intersessional.domain.kernel import occurred as domain
from intersessional.domain.kernel.occurred import Precision
from intersessional.graphql.schema.decorators import field, object_type


@object_type
class OccurredType:
    """When something happened, with the precision that its source gives."""

    value: strawberry.Private[domain.Occurred]

    @field
    def at(self) -> str:
        """In ISO 8601: a year, a month, a day, a period between two days, or an instant."""
        return self.value.at

    @field
    def precision(self) -> Precision:
        """How precise the time is."""
        return self.value.precision

    @field
    def begins(self) -> datetime:
        """The earliest possible instant."""
        return self.value.begins

    @field
    def ends(self) -> datetime:
        """The instant by which it has certainly happened."""
        return self.value.ends
