"""Consolidations of proposals in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.consolidation import commands
from intersessional.domain.consolidation.consolidation import (
    CONSOLIDATION_CONSENTS_MAX,
    have_consented,
)
from intersessional.domain.proposal.merger import MERGED_MAX
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First, parse_first
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
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.consolidations import (
    CONSOLIDATIONS,
    ConsolidationConsentDocument,
    ConsolidationDocument,
)
from intersessional.projections.kernel.view import AnyView

FirstConsents = Annotated[
    int,
    strawberry.argument(
        description=f"The number of consents, from 1 to {CONSOLIDATION_CONSENTS_MAX}."
    ),
]


@object_type
class ConsolidationConsentType:
    """A proposer's consent that their proposal becomes part of one with others."""

    value: strawberry.Private[ConsolidationConsentDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal for which they consented."""
        return await ProposalType.find(self.value.proposal_id, self.loaders)

    @field
    async def proposer(self) -> ParticipantType | None:
        """The proposer; null where no source names the proposers."""
        return await ParticipantType.find(self.value.proposer_id, self.loaders)

    @field
    async def source(self) -> str | None:
        """Where the consent was given, if the Secretariat recorded it."""
        return await self.loaders.text(self.value.source)

    @field
    def given(self) -> OccurredType:
        """When it was given."""
        return OccurredType(value=self.value.given)


@object_type
class ConsolidationType(DocumentNode[ConsolidationDocument]):
    """A suggestion to make one proposal out of several, and who consents."""

    view: ClassVar[AnyView] = CONSOLIDATIONS

    @field
    @at_most(MERGED_MAX)
    async def proposals(self) -> list[ProposalType]:
        """The proposals."""
        return await ProposalType.find_all(self.document.proposals, self.loaders)

    @field
    async def title(self) -> str | None:
        """The title that the one may have."""
        return await self.loaders.text(self.document.title)

    @field
    async def suggested_by(self) -> ParticipantType | None:
        """Who suggested it; null where that is not known."""
        return await ParticipantType.find(self.document.suggested_by, self.loaders)

    @field
    def suggested(self) -> OccurredType:
        """When it was suggested."""
        return OccurredType(value=self.document.suggested)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was suggested; null elsewhere, or where that is not known."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    async def rationale(self) -> str | None:
        """The reasons."""
        return await self.loaders.text(self.document.rationale)

    @field
    @at_most(CONSOLIDATION_CONSENTS_MAX)
    def consents(
        self, first: FirstConsents = CONSOLIDATION_CONSENTS_MAX
    ) -> list[ConsolidationConsentType]:
        """The consents of proposers in the order of recording, all of them by default."""
        parse_first(first, size_max=CONSOLIDATION_CONSENTS_MAX)
        consents = self.document.consents[:first]
        return [ConsolidationConsentType(value=one, loaders=self.loaders) for one in consents]

    @field
    async def agreed(self) -> bool:
        """Whether the proposers of each proposal have consented."""
        consents = self.document.consents
        return all(
            have_consented(
                one.document.proposers,
                [c.proposer_id for c in consents if c.proposal_id == one.snapshot.key],
            )
            for one in await ProposalType.find_all(self.document.proposals, self.loaders)
        )

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that carried it out; null while it is only suggested."""
        return await DecisionType.find(self.document.decision_id, self.loaders)

    @field
    async def into(self) -> ProposalType | None:
        """The proposal that was made out of them; null while it is only suggested."""
        return await ProposalType.find(self.document.into, self.loaders)


async def consolidations_of(
    root: ProposalType, first: First = 20, after: After = None
) -> Connection[ConsolidationType] | None:
    """The suggestions to make one proposal out of it and others."""
    return await ConsolidationType.page(root.snapshot.key, root.loaders, first=first, after=after)


@object_type
class ConsolidationQuery:
    """Queries of consolidations."""

    @field
    @shareable
    async def consolidation(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> ConsolidationType | None:
        """The consolidation with this id."""
        return await ConsolidationType.find(parse_id(id), await loaders_at(info.context, as_of))


CONSOLIDATION_SCHEMA = SchemaPart(
    nodes=(ConsolidationType,),
    queries=(ConsolidationQuery,),
    mutations=(
        Mutation(
            commands.SuggestConsolidation,
            "ConsolidationSuggested",
            ConsolidationType,
            versioned=False,
        ),
        Mutation(commands.ConsentToConsolidation, "ConsolidationConsented", ConsolidationType),
    ),
    extends={"Proposal": {"consolidations": consolidations_of}},
)
