"""People in the API."""

from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant import commands
from intersessional.domain.participant.participant import TENURES_MAX
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.participants import PARTICIPANTS, ParticipantDocument


@object_type
class TenureType:
    """A role that someone held or holds."""

    role: Role
    """The role."""
    since: OccurredType | None
    """When it began; null where it had begun before, and no source says when."""
    known_from: OccurredType
    """From when they are known to hold it: ``since``, or the time of the first fact that says so.
    They held it from the first instant of this time.
    """
    until: OccurredType | None
    """When it ended: they held it to the last instant of this time; null while they hold it."""


@object_type
class ParticipantType(DocumentNode[ParticipantDocument]):
    """A person who contributes to the intersessional work."""

    view: ClassVar[AnyView] = PARTICIPANTS

    @field
    async def display_name(self) -> str | None:
        """The name to show; null when none was given or it was erased."""
        return await self.loaders.text(self.document.display_name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """Their stakeholder group."""
        return self.document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """Their regional group."""
        return self.document.region

    @field
    @at_most(TENURES_MAX)
    def roles(self) -> list[TenureType]:
        """Their past and present roles, in the order in which they began."""
        return [
            TenureType(
                role=tenure.role,
                since=None if tenure.since is None else OccurredType(value=tenure.since),
                known_from=OccurredType(value=tenure.known_from),
                until=None if tenure.until is None else OccurredType(value=tenure.until),
            )
            for tenure in self.document.tenures
        ]


async def find_participant(
    person: UUID | Sealed | None, loaders: Loaders
) -> ParticipantType | None:
    """The participant with an id that may be sealed; None after erasure."""
    if isinstance(person, Sealed):
        text = await loaders.text(person)
        person = None if text is None else UUID(text)
    return await ParticipantType.find(person, loaders)


async def participant_of_entry(root: AuditEntryType) -> ParticipantType | None:
    """The person who caused it; null for the operator, and after erasure."""
    return None if root.act is None else await find_participant(root.act.actor.person, root.loaders)


@object_type
class ParticipantQuery:
    """Queries of participants."""

    @field
    @shareable
    async def participant(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> ParticipantType | None:
        """A person who contributes to the intersessional work."""
        return await ParticipantType.find(parse_id(id), await loaders_at(info.context, as_of))


PARTICIPANT_SCHEMA = SchemaPart(
    nodes=(ParticipantType,),
    enums=(
        Region,
        StakeholderGroup,
    ),
    queries=(ParticipantQuery,),
    mutations=(
        Mutation(
            commands.RegisterParticipant, "ParticipantRegistered", ParticipantType, versioned=False
        ),
        Mutation(
            commands.AcceptCodeOfConduct, "CodeOfConductAccepted", ParticipantType, versioned=False
        ),
        Mutation(commands.UpdateParticipant, "ParticipantUpdated", ParticipantType),
        Mutation(commands.GrantRole, "RoleGranted", ParticipantType),
        Mutation(commands.EndRole, "RoleEnded", ParticipantType),
    ),
    extends={"AuditEntry": {"person": participant_of_entry}},
)
