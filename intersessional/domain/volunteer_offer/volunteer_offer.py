"""An offer of a volunteer: made, perhaps withdrawn."""

from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Erasable, Sealed
from intersessional.domain.kernel.texts import validated_optional_name, validated_optional_text
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.volunteer_offer.refusals import OfferIsWithdrawn


class VolunteerOffer(Aggregate):
    """What one volunteer offered: their work in a group, or in answer to a call."""

    TOPIC = "volunteer_offer"

    act: Act
    group_id: UUID | None
    call_id: UUID | None
    person: Sealed | None
    name: Sealed | None
    withdrawn: bool = False

    class Made(CreatedEvent):
        """Somebody volunteered for the work of a group, or in answer to a call."""

        TOPIC = "volunteer_offer.made.v1"
        group_id: UUID | None
        call_id: UUID | None
        person: Erasable | None
        name: Erasable | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None
        note: Erasable | None

    class Withdrawn(Aggregate.Event):
        """The volunteer took the offer back."""

        TOPIC = "volunteer_offer.withdrawn.v1"
        group_id: UUID | None
        call_id: UUID | None
        reason: Erasable | None

        def apply(self, aggregate: "VolunteerOffer") -> None:
            aggregate.withdrawn = True

    @classmethod
    def make(
        cls,
        act: Act,
        *,
        id: UUID,
        group_id: UUID | None,
        call_id: UUID | None,
        sender: Participant | None = None,
        named: Participant | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Volunteer, as the sender or as somebody whom the Secretariat names. Raises BadValue.

        The id of a person is sealed, so that it can be erased: the sender's is in the act.
        """
        person = named or sender
        then = None if person is None else person.at(act.occurred)
        return cls.create(
            cls.Made,
            id=id,
            act=act,
            group_id=group_id,
            call_id=call_id,
            person=None if named is None else Sealed(str(named.id)),
            name=validated_optional_name("name", name),
            stakeholder_group=then and then.stakeholder_group,
            region=then and then.region,
            note=validated_optional_text("note", note),
        )

    def withdraw(self, act: Act, *, reason: str | None = None) -> None:
        """Withdraw the offer, once. Raises OfferIsWithdrawn, BadValue."""
        if self.withdrawn:
            raise OfferIsWithdrawn(offer=self.id)
        self.record(
            VolunteerOffer.Withdrawn,
            act=act,
            group_id=self.group_id,
            call_id=self.call_id,
            reason=validated_optional_text("reason", reason),
        )

    @property
    def volunteer(self) -> UUID | Sealed | None:
        """The id of the volunteer, who sent the offer unless somebody is named; None for a name."""
        if self.person is not None or self.name is not None:
            return self.person
        return self.act.actor.person
