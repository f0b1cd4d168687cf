"""The written part of a proposal in the API."""

import strawberry

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.proposal.advised_length import is_length_advised
from intersessional.domain.proposal.proposal_section import (
    CO_FACILITATORS_MAX,
    ORGANISATIONS_MAX,
    CoFacilitator,
    Organisation,
    ProposalSection,
)
from intersessional.domain.proposal.writing import missing_parts
from intersessional.domain.template.template import PARTS_MAX
from intersessional.domain.template.template_part import RequirementLevel
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.template_version import (
    ProposalTemplateType,
    find_version,
    title_of,
)
from intersessional.projections.participants import ParticipantDocument
from intersessional.projections.proposals import WrittenDocument


@object_type
class CoFacilitatorType:
    """A person named to lead the group's work."""

    value: strawberry.Private[CoFacilitator]
    named: strawberry.Private[Occurred]
    historical: strawberry.Private[bool]
    loaders: strawberry.Private[Loaders]

    @field
    async def name(self) -> str | None:
        """Their name, for a participant the latest one; null after erasure."""
        person = await self._person()
        name = self.value.name if person is None else person.display_name
        return await self.loaders.text(name)

    @field
    async def mag_member(self) -> bool | None:
        """Whether they were a member of the MAG when they were named.

        For a participant by the record, else as claimed; null where no source tells.
        """
        person = await self._person()
        if person is None:
            return self.value.mag_member
        return person.held(Role.MAG_MEMBER, self.named, historical=self.historical)

    @field
    async def participant(self) -> ParticipantType | None:
        """The participant, where they are in the record."""
        return await ParticipantType.find(self.value.participant_id, self.loaders)

    async def _person(self) -> ParticipantDocument | None:
        found = await ParticipantType.find(self.value.participant_id, self.loaders)
        return None if found is None else found.document


def co_facilitator_in_writing(
    named: CoFacilitator, written: WrittenDocument, loaders: Loaders
) -> CoFacilitatorType:
    """Somebody whom a written proposal names."""
    return CoFacilitatorType(
        value=named, named=written.occurred, historical=written.historical, loaders=loaders
    )


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
class ProposalSectionType:
    """The text under one part of the template."""

    value: strawberry.Private[ProposalSection]
    template: strawberry.Private[ProposalTemplateType | None]
    loaders: strawberry.Private[Loaders]

    @field
    def key(self) -> str:
        """The key of the part."""
        return self.value.key

    @field
    async def title(self) -> str | None:
        """The title of the part in the template that the proposal was checked against."""
        if self.template is None:
            return None
        for part in self.template.value.parts:
            if part.key == self.value.key:
                return await title_of(part, self.loaders)
        return None

    @field
    async def text(self) -> str | None:
        """The text; null after erasure."""
        return await self.loaders.text(self.value.text)


@object_type
class WrittenProposalType:
    """A proposal in writing, checked against a version of the template."""

    value: strawberry.Private[WrittenDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def template(self) -> ProposalTemplateType | None:
        """The version of the template that it was checked against."""
        return await find_version(self.value.template_id, self.value.template_version, self.loaders)

    @field
    def words(self) -> int:
        """The number of words of all sections."""
        return self.value.words

    @field
    def length_advised(self) -> bool:
        """Whether it is two to three pages long, at about 500 words a page."""
        return is_length_advised(self.value.words)

    @field
    async def complete(self) -> bool:
        """Whether it has every part that its template requires or recommends."""
        return not await self._missing()

    @field
    @at_most(PARTS_MAX)
    async def missing(self) -> list[str]:
        """The keys of the parts that its template requires or recommends and that it lacks."""
        return await self._missing()

    @field
    @at_most(PARTS_MAX)
    async def sections(self) -> list[ProposalSectionType]:
        """The text under each part of the template."""
        template = await find_version(
            self.value.template_id, self.value.template_version, self.loaders
        )
        return [
            ProposalSectionType(value=section, template=template, loaders=self.loaders)
            for section in self.value.sections
        ]

    @field
    @at_most(CO_FACILITATORS_MAX)
    def co_facilitators(self) -> list[CoFacilitatorType]:
        """The co-facilitators named."""
        return [
            co_facilitator_in_writing(named, self.value, self.loaders)
            for named in self.value.co_facilitators
        ]

    @field
    @at_most(ORGANISATIONS_MAX)
    def organisations(self) -> list[OrganisationType]:
        """The organisations that signalled their desire to participate."""
        return [
            OrganisationType(value=named, loaders=self.loaders)
            for named in self.value.organisations
        ]

    @field
    async def consented_by(self) -> ParticipantType | None:
        """The proposer whose consent let another member write it; null when a proposer wrote it."""
        return await ParticipantType.find(self.value.consented_by, self.loaders)

    async def _missing(self) -> list[str]:
        template = await find_version(
            self.value.template_id, self.value.template_version, self.loaders
        )
        if template is None:
            return []
        return [
            *missing_parts(
                template.value,
                [RequirementLevel.REQUIRED, RequirementLevel.RECOMMENDED],
                sections=[section.key for section in self.value.sections],
                co_facilitators=len(self.value.co_facilitators),
                organisations=len(self.value.organisations),
            )
        ]
