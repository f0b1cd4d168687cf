"""Nominations of co-facilitators in the API."""

import strawberry

from intersessional.domain.kernel.ids import roster_id
from intersessional.domain.proposal.proposal_section import CO_FACILITATORS_MAX
from intersessional.domain.roster import commands
from intersessional.domain.roster.nomination import NOMINATIONS_MAX, standing_in_writing
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.written_proposal import (
    CoFacilitatorType,
    co_facilitator_in_writing,
)
from intersessional.projections.rosters import ROSTERS, NominationDocument


@object_type
class NominationType:
    """Somebody nominated to lead the group's work, beside those named in the text."""

    value: strawberry.Private[NominationDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def id(self) -> strawberry.ID:
        """The id by which it is confirmed or replaced."""
        return strawberry.ID(str(self.value.id))

    @field
    def person(self) -> CoFacilitatorType:
        """Who is nominated."""
        act = self.value.act
        return CoFacilitatorType(
            value=self.value.person,
            named=act.occurred,
            historical=act.provenance.historical,
            loaders=self.loaders,
        )

    @field
    def nominated(self) -> OccurredType:
        """When they were nominated."""
        return OccurredType(value=self.value.act.occurred)

    @field
    def confirmed(self) -> OccurredType | None:
        """When they confirmed it; null while they have not."""
        at = self.value.confirmed
        return None if at is None else OccurredType(value=at)

    @field
    async def source(self) -> str | None:
        """Where they confirmed it, if the Secretariat recorded it."""
        return await self.loaders.text(self.value.source)

    @field
    def replaced(self) -> OccurredType | None:
        """When another one took their place; null while they stand."""
        at = self.value.replaced
        return None if at is None else OccurredType(value=at)

    @field
    def replaced_by(self) -> strawberry.ID | None:
        """The nomination that took its place, by its id."""
        by = self.value.replaced_by
        return None if by is None else strawberry.ID(str(by))

    @field
    async def reason(self) -> str | None:
        """Why they were replaced."""
        return await self.loaders.text(self.value.reason)


@at_most(NOMINATIONS_MAX)
async def nominations_of(root: ProposalType) -> list[NominationType]:
    """The nominations beside its text, with those that were replaced, in the order of recording."""
    found = await root.loaders.get(ROSTERS, roster_id(root.snapshot.key))
    nominations = () if found is None else found.document.nominations
    return [NominationType(value=one, loaders=root.loaders) for one in nominations]


@at_most(CO_FACILITATORS_MAX + NOMINATIONS_MAX)
async def co_facilitators_of(root: ProposalType) -> list[CoFacilitatorType]:
    """Its roster of co-facilitators: those named in writing, and nominations that stand."""
    nominations = [one.value for one in await nominations_of(root)]
    written = root.document.written
    named = (
        standing_in_writing(written.co_facilitators, written.occurred, nominations)
        if written
        else ()
    )
    standing = [one for one in nominations if one.replaced is None]
    return [
        *(co_facilitator_in_writing(one, written, root.loaders) for one in named if written),
        *(NominationType(value=one, loaders=root.loaders).person() for one in standing),
    ]


NOMINATION_SCHEMA = SchemaPart(
    mutations=(
        Mutation(
            commands.NominateCoFacilitator, "CoFacilitatorNominated", ProposalType, versioned=False
        ),
        Mutation(
            commands.ConfirmCoFacilitator, "CoFacilitatorConfirmed", ProposalType, versioned=False
        ),
        Mutation(
            commands.ReplaceCoFacilitator, "CoFacilitatorReplaced", ProposalType, versioned=False
        ),
    ),
    extends={
        "Proposal": {"nominations": nominations_of, "co_facilitators": co_facilitators_of},
    },
)
