"""Who sends a query, and the code of conduct that they accept, in the API."""

from datetime import UTC, datetime

import strawberry

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.code_of_conduct import (
    CODE_OF_CONDUCT,
    CODE_OF_CONDUCT_SUMMARY,
    CODE_OF_CONDUCT_URL,
)
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.types.permissions import PermissionsType
from intersessional.projections.participants import PARTICIPANTS, accepted

_HELD = tuple(role for role in Role if role not in (Role.OPERATOR, Role.SYSTEM, Role.FACILITATOR))


@object_type
class ViewerType:
    """The person who sends this query."""

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
    def conduct_accepted(self) -> bool:
        """Whether they have accepted the version of the code of conduct that is in force."""
        participant = self.participant
        return (
            participant is not None
            and participant.document.accepted_code_of_conduct == CODE_OF_CONDUCT
        )

    @field
    def may(self) -> PermissionsType:
        """What they may do now."""
        return PermissionsType()


@object_type
class CodeOfConductType:
    """The IGF Code of Conduct, in the version in force: accepted before the first contribution."""

    loaders: strawberry.Private[Loaders]

    @field
    def version(self) -> int:
        """The version, which `acceptCodeOfConduct` names."""
        return CODE_OF_CONDUCT

    @field
    def url(self) -> str:
        """The address at which the IGF publishes its text."""
        return CODE_OF_CONDUCT_URL

    @field
    def summary(self) -> str:
        """What it asks for, in short and in words of this project; in English."""
        return CODE_OF_CONDUCT_SUMMARY

    @field
    async def acceptances(self) -> int:
        """How many participants have accepted this version."""
        return (await self.loaders.page(PARTICIPANTS, accepted(CODE_OF_CONDUCT), first=1)).total


@object_type
class ViewerQuery:
    """Queries of who reads, and of what they have agreed to."""

    @field
    async def viewer(self, info: Info) -> ViewerType | None:
        """The person who sends this query; null for one who has not signed in."""
        person = info.context.caller.person
        if person is None:
            return None
        loaders = await loaders_at(info.context, None)
        return ViewerType(participant=await find_participant(person, loaders))

    @field
    @shareable
    async def code_of_conduct(self, info: Info, as_of: PastState = None) -> CodeOfConductType:
        """The code of conduct in force; what is counted is as of the past state."""
        return CodeOfConductType(loaders=await loaders_at(info.context, as_of))


VIEWER_SCHEMA = SchemaPart(queries=(ViewerQuery,))
