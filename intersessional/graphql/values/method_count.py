"""How decisions were taken, in the API."""

from uuid import UUID

from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import object_type
from intersessional.projections.decisions import DECISIONS, METHOD


@object_type
class MethodCount:
    """How many decisions were taken by a method."""

    method: DecisionMethod | None
    """The method; null for decisions of which no source tells it."""
    count: int
    """The number of decisions, also of those that were superseded or annulled since."""


async def method_counts(cycle: UUID, loaders: Loaders) -> list[MethodCount]:
    """How many decisions of a cycle were taken by each method, in the order of the methods."""
    counts = await loaders.counts(DECISIONS, cycle, METHOD)
    methods = (*DecisionMethod, None)
    found = [(one, counts.get("" if one is None else one.value, 0)) for one in methods]
    return [MethodCount(method=method, count=count) for method, count in found if count]
