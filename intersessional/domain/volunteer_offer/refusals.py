"""Refusals about offers of volunteers."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class OfferIsWithdrawn(Refused):
    """The offer has been withdrawn already."""

    code = "OFFER_WITHDRAWN"
    sentence = "The offer has been withdrawn already."
    offer: UUID
    """The id of the offer."""


class NotTheVolunteer(Refused):
    """Somebody else made the offer."""

    code = "NOT_THE_VOLUNTEER"
    sentence = "Only the volunteer and the Secretariat withdraw an offer."
    offer: UUID
    """The id of the offer."""
