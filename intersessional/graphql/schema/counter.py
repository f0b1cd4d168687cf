"""Counting what the record itself holds of a node, to be shown beside what sources report."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.graphql.request.loaders import Loaders

NOT_TOLD = ""
"""The key of what has no key in the dimension."""

Counter = Callable[[UUID, StatisticDimension, Loaders], Awaitable[Mapping[str, int] | None]]
"""Counts what the record holds of the node with an id, by the keys of a dimension.

The loaders are those of the time that the reported numbers are of. None where the record holds
nothing that could be counted by this dimension.
"""

NO_COUNTERS: Mapping[str, Counter] = MappingProxyType({})
"""The counters of a schema that compares nothing with statistics."""
