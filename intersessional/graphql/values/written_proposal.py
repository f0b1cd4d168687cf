"""The written part of a proposal in the API."""

import strawberry

from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.domain.proposal.template import (
    CO_FACILITATORS_MIN,
    CoFacilitator,
    Organisation,
    Template,
)
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type

_WORDS_A_PAGE = 500
_PAGES_ADVISED = (2, 3)


@object_type
class CoFacilitatorType:
    """A person named to lead the group's work."""

    value: strawberry.Private[CoFacilitator]
    loaders: strawberry.Private[Loaders]

    @field
    async def name(self) -> str | None:
        """Their name; null after erasure."""
        return await self.loaders.text(self.value.name)

    @field
    def mag_member(self) -> bool:
        """Whether the proposal names them as a member of the MAG."""
        return self.value.mag_member


@object_type
class OrganisationType:
    """An organisation that signalled its desire to participate."""

    value: strawberry.Private[Organisation]
    loaders: strawberry.Private[Loaders]

    @field
    async def name(self) -> str | None:
        """Its name; null after erasure."""
        return await self.loaders.text(self.value.name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The stakeholder group it belongs to."""
        return self.value.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group it belongs to."""
        return self.value.region


@object_type
class WrittenProposalType:
    """The parts of a written proposal; a part is null when no source has it, or after erasure."""

    value: strawberry.Private[Template]
    loaders: strawberry.Private[Loaders]
    template_version: int
    """The version of the template that it was checked against."""
    words: int
    """The number of words."""

    @field
    def length_advised(self) -> bool:
        """Whether it is two to three pages long, at about 500 words a page."""
        low, high = _PAGES_ADVISED
        return low * _WORDS_A_PAGE <= self.words <= high * _WORDS_A_PAGE

    @field
    def complete(self) -> bool:
        """Whether all parts of the template are given, and at least two co-facilitators."""
        parts = (
            self.value.relationship_to_governance,
            self.value.relevance_to_communities,
            self.value.topics,
            self.value.objectives,
            self.value.focus,
            self.value.outreach_plan,
            self.value.anticipated_engagement,
            self.value.further_outreach,
        )
        return None not in parts and len(self.value.co_facilitators) >= CO_FACILITATORS_MIN

    @field
    def co_facilitators(self) -> list[CoFacilitatorType]:
        """The co-facilitators named."""
        return [
            CoFacilitatorType(value=named, loaders=self.loaders)
            for named in self.value.co_facilitators
        ]

    @field
    def organisations(self) -> list[OrganisationType]:
        """The organisations that signalled their desire to participate."""
        return [
            OrganisationType(value=named, loaders=self.loaders)
            for named in self.value.organisations
        ]

    @field
    async def relationship_to_governance(self) -> str | None:
        """Background: how it relates to multistakeholder Internet governance discussions."""
        return await self.loaders.text(self.value.relationship_to_governance)

    @field
    async def relevance_to_communities(self) -> str | None:
        """Background: its relevance for the different stakeholder communities."""
        return await self.loaders.text(self.value.relevance_to_communities)

    @field
    async def topics(self) -> str | None:
        """Description: the topics covered."""
        return await self.loaders.text(self.value.topics)

    @field
    async def objectives(self) -> str | None:
        """Description: the proposed objectives."""
        return await self.loaders.text(self.value.objectives)

    @field
    async def focus(self) -> str | None:
        """Description: the focus."""
        return await self.loaders.text(self.value.focus)

    @field
    async def outreach_plan(self) -> str | None:
        """Outreach: the plan."""
        return await self.loaders.text(self.value.outreach_plan)

    @field
    async def anticipated_engagement(self) -> str | None:
        """Outreach: the engagement anticipated from each part of the community."""
        return await self.loaders.text(self.value.anticipated_engagement)

    @field
    async def further_outreach(self) -> str | None:
        """Outreach: the plan to attract further involvement."""
        return await self.loaders.text(self.value.further_outreach)
