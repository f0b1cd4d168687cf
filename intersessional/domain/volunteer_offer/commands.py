"""Commands about offers of volunteers."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class OfferToVolunteer(Command):
    """Volunteer for the work of a group, or in answer to a call (DOMAIN rows 16, 19).

    The Secretariat records that somebody else did, by their id or by their name.
    """

    TOPIC = "volunteer_offer.make"

    group: UUID | None = None
    """The group, by its id; null for the group of the call."""
    call: UUID | None = None
    """The call for volunteers that is answered, by its id."""
    participant: UUID | None = None
    """Who volunteers, by their participant id, where the Secretariat records it."""
    name: str | None = None
    """Who volunteers, by name, where they are no participant; at most 300 bytes in UTF-8."""
    note: str | None = None
    """What they bring, or wish to do; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class WithdrawVolunteerOffer(Command):
    """Withdraw the offer of a volunteer."""

    TOPIC = "volunteer_offer.withdraw"

    offer: UUID
    """The offer, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
