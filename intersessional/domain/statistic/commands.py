"""The command about statistics."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.rows import StatisticRow


@dataclass(frozen=True, kw_only=True)
class ReportStatistic(Command):
    """Record what is claimed about numbers, as its source gives them (DOMAIN row 18).

    Where a source gives only an order, rows have ranks without values.
    """

    TOPIC = "statistic.report"

    about: UUID
    """What it is about, such as a call, a cycle or a meeting, by its id."""
    dimension: StatisticDimension
    """What it counts by."""
    as_of: Occurred | None = None
    """The time of which the numbers are; when it happened by default."""
    rows: tuple[StatisticRow, ...]
    """One row for each key."""
    total: int | None = None
    """The total that the source gives; null where it gives none."""
    source: str | None = None
    """The key of the source that it is taken from, where another than the sender counted."""
