"""A membership: somebody joined a group, and perhaps left it."""

from typing import Self
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Erasable, Sealed
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.membership.refusals import MembershipHasEnded
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


class Membership(Aggregate):
    """One stay of one person in a group: its own id names it, as the person may be erased."""

    TOPIC = "membership"

    act: Act
    group_id: UUID
    person: Sealed | None
    ended: bool = False

    class Joined(CreatedEvent):
        """Somebody joined the group."""

        TOPIC = "membership.joined.v1"
        group_id: UUID
        cycle_id: UUID | None
        person: Erasable | None
        stakeholder_group: StakeholderGroup | None
        region: Region | None

    class Left(Aggregate.Event):
        """The member left the group."""

        TOPIC = "membership.left.v1"
        group_id: UUID
        reason: Erasable | None

        def apply(self, aggregate: "Membership") -> None:
            aggregate.ended = True

    @classmethod
    def join(
        cls,
        act: Act,
        group: Group,
        *,
        id: UUID,
        sender: Participant | None = None,
        named: Participant | None = None,
    ) -> Self:
        """Join a group, as the sender or as somebody whom the Secretariat names.

        The id of a person is sealed, so that it can be erased: the sender's is in the act.
        """
        person = named or sender
        then = None if person is None else person.at(act.occurred)
        return cls.create(
            cls.Joined,
            id=id,
            act=act,
            group_id=group.id,
            cycle_id=group.at(act.occurred).cycle_id,
            person=None if named is None else Sealed(str(named.id)),
            stakeholder_group=then and then.stakeholder_group,
            region=then and then.region,
        )

    def leave(self, act: Act, *, reason: str | None = None) -> None:
        """Leave the group, once. Raises MembershipHasEnded, BadValue."""
        if self.ended:
            raise MembershipHasEnded(membership=self.id)
        self.record(
            Membership.Left,
            act=act,
            group_id=self.group_id,
            reason=validated_optional_text("reason", reason),
        )

    @property
    def member(self) -> UUID | Sealed | None:
        """The id of the member, who sent the command unless somebody is named."""
        return self.person or self.act.actor.person
