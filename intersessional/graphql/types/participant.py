"""People in the API."""

from typing import ClassVar, cast

from intersessional.domain.kernel.act import Role
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.participants import PARTICIPANTS, ParticipantDocument


@object_type
class TenureType:
    """A role that someone held or holds."""

    role: Role
    """The role."""
    since: OccurredType
    """When it began: from its first instant on."""
    until: OccurredType | None
    """When it ended: to its last instant; null while it has not."""


@object_type
class ParticipantType(Node):
    """Someone the record knows."""

    view: ClassVar[AnyView] = PARTICIPANTS

    @property
    def _document(self) -> ParticipantDocument:
        return cast("ParticipantDocument", self.found.document)

    @field
    async def display_name(self) -> str | None:
        """The name to show; null when none was given or it was erased."""
        return await self.loaders.text(self._document.display_name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The part of the community they speak from."""
        return self._document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group they speak from."""
        return self._document.region

    @field
    def roles(self) -> list[TenureType]:
        """The roles they held and hold, in the order they were granted."""
        return [
            TenureType(
                role=held.role,
                since=OccurredType(of=held.since),
                until=None if held.until is None else OccurredType(of=held.until),
            )
            for held in self._document.tenures
        ]
