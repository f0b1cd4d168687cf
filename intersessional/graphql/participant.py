"""People in the API."""

from typing import ClassVar, cast

from intersessional.domain.act import Role
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.projections.participants import PARTICIPANTS, ParticipantDocument
from intersessional.projections.view import AnyView


@node_type
class Tenure:
    """A role that someone held or holds."""

    role: Role
    """The role."""
    since: Occurred
    """When it began: from its first instant on."""
    until: Occurred | None
    """When it ended: to its last instant; null while it has not."""


@node_type
class Participant(Node):
    """Someone the record knows."""

    view: ClassVar[AnyView] = PARTICIPANTS

    @property
    def _document(self) -> ParticipantDocument:
        return cast("ParticipantDocument", self.found.document)

    @field
    async def display_name(self) -> str | None:
        """The name to show; null when none was given or it was erased."""
        return await self.sight.text(self._document.display_name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The part of the community they speak from."""
        return self._document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group they speak from."""
        return self._document.region

    @field
    def roles(self) -> list[Tenure]:
        """The roles they held and hold, in the order they were granted."""
        return [
            Tenure(
                role=held.role,
                since=Occurred(of=held.since),
                until=None if held.until is None else Occurred(of=held.until),
            )
            for held in self._document.tenures
        ]
