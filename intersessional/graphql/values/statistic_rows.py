"""Rows of statistics in the API, and what two of them have between them."""

from collections.abc import Mapping, Sequence

import strawberry

from intersessional.domain.statistic.dimension import KEYS_MAX
from intersessional.domain.statistic.rows import StatisticRow, in_order, ranks_of
from intersessional.graphql.schema.counter import NOT_TOLD
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import ListSize


@object_type
class StatisticRowType:
    """One row of a statistic, as its source gives it."""

    key: str
    """The key: a value of `Region`, of `StakeholderGroup` or of `Quantity`, or `OTHER`."""
    rank: int | None
    """The rank that the source gives; null where it gives none."""
    value: int | None
    """The number that the source gives; null where it gives only a rank."""
    is_lower_bound: bool
    """Whether the source says that it is more than the number."""


@object_type
class ComputedRow:
    """What the record itself counts for one key, beside what is reported."""

    key: str
    """The key, as in the rows of the statistic."""
    value: int
    """How many the record holds."""
    reported: int | None
    """What is reported; null where the statistic gives no number for it."""
    difference: int | None
    """What is reported less what the record holds; null where no number is reported."""


@object_type
class ComputedStatistic:
    """What the record itself counts, as of the time that the reported numbers are of."""

    rows: list[ComputedRow] = strawberry.field(directives=[ListSize(max=2 * KEYS_MAX)])
    """One row for each key that is reported or counted, in the order of the reported ranks."""
    total: int
    """How many the record holds, also of those that tell no key."""
    total_difference: int | None
    """The reported total less that of the record; null where no total is reported."""

    @field
    def differs(self) -> bool:
        """Whether a reported number is another than the record's."""
        return any(row.difference for row in self.rows) or bool(self.total_difference)


@object_type
class StatisticChange:
    """What changed for one key between two statistics."""

    key: str
    """The key, as in the rows of the statistics."""
    from_value: int | None
    """The earlier number."""
    to_value: int | None
    """The later number."""
    value_change: int | None
    """The later number less the earlier one; null where one of them is not given."""
    from_rank: int | None
    """The earlier rank: as given, else as it follows from the numbers."""
    to_rank: int | None
    """The later rank: as given, else as it follows from the numbers."""
    rank_change: int | None
    """The later rank less the earlier one: -1 is one place up. Null where one is not known."""


def rows_in_order(rows: Sequence[StatisticRow]) -> list[StatisticRowType]:
    """The rows of a statistic, in the order of their ranks."""
    return [
        StatisticRowType(
            key=row.key, rank=row.rank, value=row.value, is_lower_bound=row.is_lower_bound
        )
        for row in in_order(rows)
    ]


def computed_beside(
    rows: Sequence[StatisticRow], total: int | None, counts: Mapping[str, int]
) -> ComputedStatistic:
    """What the record counts, beside the rows and the total that are reported."""
    reported = {row.key: row.value for row in in_order(rows)}
    counted = {key: count for key, count in counts.items() if key != NOT_TOLD}
    keys = [*reported, *sorted(counted.keys() - reported.keys())]
    held = sum(counts.values())
    return ComputedStatistic(
        rows=[
            ComputedRow(
                key=key,
                value=counted.get(key, 0),
                reported=reported.get(key),
                difference=_less(reported.get(key), counted.get(key, 0)),
            )
            for key in keys
        ],
        total=held,
        total_difference=_less(total, held),
    )


def changes_between(
    earlier: Sequence[StatisticRow], later: Sequence[StatisticRow]
) -> list[StatisticChange]:
    """What changed for each key, in the order of the later ranks."""
    before, after = {row.key: row for row in earlier}, {row.key: row for row in in_order(later)}
    ranks_before, ranks_after = ranks_of(earlier), ranks_of(later)
    changes: list[StatisticChange] = []
    for key in dict.fromkeys((*after, *(row.key for row in in_order(earlier)))):
        from_value = before[key].value if key in before else None
        to_value = after[key].value if key in after else None
        from_rank, to_rank = ranks_before.get(key), ranks_after.get(key)
        changes.append(
            StatisticChange(
                key=key,
                from_value=from_value,
                to_value=to_value,
                value_change=_less(to_value, from_value),
                from_rank=from_rank,
                to_rank=to_rank,
                rank_change=_less(to_rank, from_rank),
            )
        )
    return changes


def _less(number: int | None, other: int | None) -> int | None:
    return None if number is None or other is None else number - other
