"""The view of the interest of organisations in proposals."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.interest.interest import Interest
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, View, stream_of, under


@dataclass(frozen=True)
class InterestDocument:
    """An organisation that signalled its desire to take part in what is proposed."""

    proposal_id: UUID
    name: Sealed
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    source: Sealed | None
    signalled: Occurred


def _evolve(interest: InterestDocument | None, recorded: RecordedEvent) -> InterestDocument | None:
    event = recorded.event
    if not isinstance(event, Interest.Signalled):
        return interest
    return InterestDocument(
        proposal_id=event.proposal_id,
        name=event.name,
        stakeholder_group=event.stakeholder_group,
        region=event.region,
        source=event.source,
        signalled=event.act.occurred,
    )


def _counts(interest: InterestDocument) -> Collection[CountKey]:
    """By stakeholder group and by region; the empty value where that is not known."""
    group, region = interest.stakeholder_group, interest.region
    values = {
        StatisticDimension.STAKEHOLDER_GROUP: "" if group is None else group.value,
        StatisticDimension.REGION: "" if region is None else region.value,
    }
    return [CountKey(interest.proposal_id, by.value, value) for by, value in values.items()]


INTERESTS = View(
    name="interests",
    version=1,
    document=InterestDocument,
    keys=stream_of(Interest),
    evolve=_evolve,
    lists=lambda interest: under(interest.proposal_id),
    counts=_counts,
)
