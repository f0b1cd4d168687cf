"""The deadlines for written proposals in the API."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

import strawberry

from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.kernel.occurred import Occurred
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.proposal_deadlines import (
    PROPOSAL_DEADLINES,
    ProposalDeadlineDocument,
    deadline_at,
)


async def find_deadline(
    cycle: UUID, occurred: Occurred, loaders: Loaders
) -> ProposalDeadline | None:
    """The deadline for written proposals of a cycle that was in force at a time."""
    every = every_document(loaders, PROPOSAL_DEADLINES, ListKey(cycle))
    deadlines = [snapshot.document async for snapshot in every]
    return deadline_at(deadlines, occurred)


@object_type
class ProposalDeadlineType:
    """A deadline for written proposals, in force from when it was set until another was."""

    value: strawberry.Private[ProposalDeadlineDocument]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(
        cls, value: DocumentSnapshot[ProposalDeadlineDocument], loaders: Loaders
    ) -> Self:
        """The deadline over its document."""
        return cls(value=value.document, loaders=loaders)

    @field
    def due_on(self) -> date | None:
        """The last day; null where proposals are due before a meeting without a day."""
        return self.value.due_on

    @field
    def time_zone(self) -> str | None:
        """The time zone in which that day ends; null for UTC, where no source names one."""
        return self.value.time_zone

    @field
    def ends_at(self) -> datetime | None:
        """The instant at which the last day is over: later proposals are late. Null without one."""
        return ProposalDeadline(self.value.due_on, self.value.time_zone).ends

    @field
    def since(self) -> OccurredType:
        """When it was set."""
        return OccurredType(value=self.value.since)

    @field
    async def set_by(self) -> ParticipantType | None:
        """The Chair or the person of the Secretariat who set it; null when unknown."""
        return await find_participant(self.value.set_by, self.loaders)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting before which proposals are due, where one is named."""
        return await MeetingType.find(self.value.meeting_id, self.loaders)

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that set it, where one did."""
        return await DecisionType.find(self.value.decision_id, self.loaders)
