"""Rows of statistics: a number, or only a rank, for each key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.statistic.dimension import KEYS_MAX, StatisticDimension

VALUE_MAX = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticRow:
    """One row of a statistic, as its source gives it: a rank, a value or both."""

    key: str
    """The key in the dimension, such as ``AFRICAN``."""
    rank: int | None = None
    """The rank that the source gives, from 1."""
    value: int | None = None
    """The number that the source gives."""
    is_lower_bound: bool = False
    """Whether the source says that it is more than the number."""


def check_rows(dimension: StatisticDimension, rows: Sequence[StatisticRow]) -> None:
    """Check the keys, and that ranks are unique and follow the values (DOMAIN row 18).

    Raises BadValue.
    """
    if not 1 <= len(rows) <= KEYS_MAX:
        raise BadValue(field="rows", problem=f"give 1 to {KEYS_MAX}.")
    for n, row in enumerate(rows):
        if row.key not in dimension.keys:
            allowed = ", ".join(sorted(dimension.keys))
            raise BadValue(field=f"rows.{n}.key", problem=f"it is none of: {allowed}.")
        optional_bounded_int(f"rows.{n}.rank", row.rank, 1, KEYS_MAX)
        optional_bounded_int(f"rows.{n}.value", row.value, 0, VALUE_MAX)
        if row.is_lower_bound and row.value is None:
            raise BadValue(field=f"rows.{n}.is_lower_bound", problem="give the number.")
        if row.rank is not None and not dimension.adds_up:
            raise BadValue(field=f"rows.{n}.rank", problem="quantities have no order.")
        if row.rank is None and row.value is None:
            raise BadValue(field=f"rows.{n}.value", problem="give a rank, a value or both.")
    _check_unique(rows)
    _check_order(rows)


def sum_of(rows: Sequence[StatisticRow]) -> int | None:
    """The sum of the values; None where a row has none."""
    values = [row.value for row in rows if row.value is not None]
    return sum(values) if len(values) == len(rows) else None


def ranks_of(rows: Sequence[StatisticRow]) -> Mapping[str, int]:
    """The ranks of the keys: those that the source gives, else those that follow from the values.

    Where a row has neither, its key has no rank. Equal values have one rank.
    """
    if all(row.rank is None for row in rows):
        values = [row.value for row in rows if row.value is not None]
        return {
            row.key: 1 + sum(value > row.value for value in values)
            for row in rows
            if row.value is not None
        }
    return {row.key: row.rank for row in rows if row.rank is not None}


def in_order(rows: Sequence[StatisticRow]) -> Sequence[StatisticRow]:
    """The rows in the order of their ranks; those without one last, as they were given."""
    ranks = ranks_of(rows)
    return sorted(rows, key=lambda row: ranks.get(row.key, KEYS_MAX + 1))


def leaders_of(rows: Sequence[StatisticRow]) -> tuple[str, ...]:
    """The keys of the first rank, in their order; several where their values are equal."""
    return tuple(sorted(key for key, rank in ranks_of(rows).items() if rank == 1))


def _check_unique(rows: Sequence[StatisticRow]) -> None:
    keys = [row.key for row in rows]
    if len({*keys}) < len(keys):
        raise BadValue(field="rows", problem="two of them have the same key.")
    ranks = [row.rank for row in rows if row.rank is not None]
    if len({*ranks}) < len(ranks):
        raise BadValue(field="rows", problem="two of them have the same rank.")


def _check_order(rows: Sequence[StatisticRow]) -> None:
    ranked = [
        (row.rank, row.value) for row in rows if row.rank is not None and row.value is not None
    ]
    values = [value for _, value in sorted(ranked)]
    if values != sorted(values, reverse=True):
        raise BadValue(field="rows", problem="the ranks do not follow the values.")
