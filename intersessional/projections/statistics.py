"""The view of statistics."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.rows import StatisticRow
from intersessional.domain.statistic.statistic import Statistic
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class StatisticDocument:
    """A claim about numbers of one subject, as of one time."""

    about_id: UUID
    dimension: StatisticDimension
    as_of: Occurred
    reported: Occurred
    rows: tuple[StatisticRow, ...]
    total: int | None
    source: str | None


def _evolve(
    statistic: StatisticDocument | None, recorded: RecordedEvent
) -> StatisticDocument | None:
    match recorded.event:
        case Statistic.Reported() as event:
            return StatisticDocument(
                about_id=event.about_id,
                dimension=event.dimension,
                as_of=event.as_of,
                reported=event.act.occurred,
                rows=event.rows,
                total=event.total,
                source=event.source,
            )
        case _:
            return statistic


STATISTICS = View(
    name="statistics",
    version=1,
    document=StatisticDocument,
    keys=stream_of(Statistic),
    evolve=_evolve,
    lists=lambda statistic: under(statistic.about_id, statistic.dimension.value),
)
