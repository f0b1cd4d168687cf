"""The interest of an organisation in a proposal."""

from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.kernel.texts import validated_name, validated_optional_text
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.proposal.proposal import Proposal


class Interest(Aggregate):
    """What one organisation signalled: that it desires to take part in the work."""

    TOPIC = "interest"

    class Signalled(CreatedEvent):
        """An organisation signalled its desire to take part in what is proposed."""

        TOPIC = "interest.signalled.v1"
        cycle_id: UUID
        proposal_id: UUID
        name: Erasable
        stakeholder_group: StakeholderGroup | None
        region: Region | None
        source: Erasable | None

    @classmethod
    def signal(
        cls,
        act: Act,
        *,
        id: UUID,
        proposal: Proposal,
        name: str,
        stakeholder_group: StakeholderGroup | None,
        region: Region | None,
        source: str | None,
    ) -> Self:
        """Signal interest in a proposal until it is decided (DOMAIN row 46).

        Raises ProposalFrozen, BadValue.
        """
        proposal.check_undecided(act)
        if source is None and not act.provenance.sources:
            raise BadValue(field="source", problem="say where the organisation signalled it.")
        return cls.create(
            cls.Signalled,
            id=id,
            act=act,
            cycle_id=proposal.cycle_id,
            proposal_id=proposal.id,
            name=validated_name("name", name),
            stakeholder_group=stakeholder_group,
            region=region,
            source=validated_optional_text("source", source),
        )
