"""A statistic: a dated claim about numbers, with a source."""

from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.refusals import TotalDiffers
from intersessional.domain.statistic.rows import VALUE_MAX, StatisticRow, check_rows, sum_of


class Statistic(Aggregate):
    """What somebody claimed about numbers of one subject, as of one time."""

    TOPIC = "statistic"

    about_id: UUID
    dimension: StatisticDimension
    as_of: Occurred
    rows: tuple[StatisticRow, ...]
    total: int | None

    class Reported(CreatedEvent):
        """Numbers were claimed by a source, or only their order, as of a time."""

        TOPIC = "statistic.reported.v1"
        FIXED = ("dimension",)
        about_id: UUID
        dimension: StatisticDimension
        as_of: Occurred
        rows: tuple[StatisticRow, ...]
        total: int | None
        source: str | None

        def check_values(self) -> None:
            check_rows(self.dimension, self.rows)
            optional_bounded_int("total", self.total, 0, VALUE_MAX)

    @classmethod
    def report(
        cls,
        act: Act,
        *,
        id: UUID,
        about_id: UUID,
        dimension: StatisticDimension,
        as_of: Occurred | None,
        rows: tuple[StatisticRow, ...],
        total: int | None = None,
        source: str | None = None,
    ) -> Self:
        """Record a claim; whoever counted themselves gives a total that is the sum.

        Raises BadValue, TotalDiffers.
        """
        as_of = as_of or act.occurred
        if as_of.begins > act.occurred.last:
            raise BadValue(field="as_of", problem="the numbers are of a later time.")
        check_rows(dimension, rows)
        total = optional_bounded_int("total", total, 0, VALUE_MAX)
        if total is not None and not dimension.adds_up:
            raise BadValue(field="total", problem="quantities have none.")
        added = sum_of(rows)
        counted_by_sender = source is None and not act.provenance.historical
        if counted_by_sender and None not in (total, added) and total != added:
            raise TotalDiffers(total=total or 0, sum=added or 0)
        return cls.create(
            cls.Reported,
            id=id,
            act=act,
            about_id=about_id,
            dimension=dimension,
            as_of=as_of,
            rows=rows,
            total=total,
            source=source,
        )
