"""Who sends a query, in the API."""

from datetime import UTC, datetime

import strawberry

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.code_of_conduct import conduct_in_force
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.types.permissions import PermissionsType

_HELD = tuple(role for role in Role if role not in (Role.OPERATOR, Role.SYSTEM, Role.FACILITATOR))


@object_type
class ViewerType:
    """The person who sends this query."""

    loaders: strawberry.Private[Loaders]
    participant: ParticipantType | None
    """The participant; null for a person who has not registered."""

    @field
    @at_most(len(_HELD))
    def roles(self) -> list[Role]:
        """The roles that they hold now. A group has its facilitators; see `Permissions`."""
        if self.participant is None:
            return []
        document, now = self.participant.document, Occurred.instant(datetime.now(UTC))
        return [role for role in _HELD if document.held(role, now, historical=False)]

    @field
    async def conduct_accepted(self) -> bool:
        """Whether they have accepted the version of the code of conduct that is in force."""
        if self.participant is None:
            return False
        in_force = await conduct_in_force(self.loaders)
        return self.participant.document.accepted_code_of_conduct == in_force.number

    @field
    def may(self) -> PermissionsType:
        """What they may do now."""
        return PermissionsType()


@object_type
class ViewerQuery:
    """Queries of who reads."""

    @field
    async def viewer(self, info: Info) -> ViewerType | None:
        """The person who sends this query; null for one who has not signed in."""
        person = info.context.caller.person
        if person is None:
            return None
        loaders = await loaders_at(info.context, None)
        return ViewerType(loaders=loaders, participant=await find_participant(person, loaders))


VIEWER_SCHEMA = SchemaPart(queries=(ViewerQuery,))
