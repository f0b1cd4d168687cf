"""Counters: what plugins count of a node, to stand beside what statistics report of it."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.rows import StatisticRow
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.counter import NOT_TOLD
from intersessional.graphql.schema.schema_part import SchemaPart, combined
from intersessional.graphql.values.statistic_rows import computed_beside
from intersessional.plugins.composition import Composition, CompositionError
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin


async def count_answers(
    _: UUID, dimension: StatisticDimension, loaders: Loaders
) -> Mapping[str, int]:
    """Counts nothing."""
    return {}


def plugin(*types: str) -> Plugin:
    return Plugin(name="answers", schema=SchemaPart(counters=dict.fromkeys(types, count_answers)))


def test_plugin_counts_for_a_type_of_the_core() -> None:
    schema = Composition((CORE, plugin("Call"))).schema()

    assert schema.counters["Call"] is count_answers
    assert {*schema.counters} == {"Call", "Draft", "Group"}


def test_type_that_is_not_there_is_refused() -> None:
    with pytest.raises(CompositionError, match="something counts for Choir, which is no type"):
        Composition((CORE, plugin("Choir"))).schema()


def test_two_parts_that_count_for_one_type_are_refused() -> None:
    parts = [plugin("Call").schema, plugin("Call").schema]

    with pytest.raises(ValueError, match="two parts count what the record holds of a Call"):
        combined(parts)


def test_reported_and_computed_stand_side_by_side() -> None:
    rows = (StatisticRow(key="AFRICAN", rank=1, value=35), StatisticRow(key="WEOG", rank=2))
    counts = {"AFRICAN": 34, "GRULAC": 2, NOT_TOLD: 1}

    beside = computed_beside(rows, 37, counts)

    assert [(one.key, one.value, one.reported, one.difference) for one in beside.rows] == [
        ("AFRICAN", 34, 35, 1),
        ("WEOG", 0, None, None),
        ("GRULAC", 2, None, None),
    ]
    assert (beside.total, beside.total_difference) == (37, 0)
