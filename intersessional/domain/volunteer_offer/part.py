"""The part of the domain about offers of volunteers."""

from intersessional.domain.call.refusals import CallNotOpen
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.volunteer_offer import handlers
from intersessional.domain.volunteer_offer.commands import (
    OfferToVolunteer,
    WithdrawVolunteerOffer,
)
from intersessional.domain.volunteer_offer.refusals import NotTheVolunteer, OfferIsWithdrawn
from intersessional.domain.volunteer_offer.volunteer_offer import VolunteerOffer

VOLUNTEER_OFFER_PART = DomainPart(
    aggregates=(VolunteerOffer,),
    command_handlers=(
        CommandHandler(
            OfferToVolunteer, handlers.offer_to_volunteer, (CallNotOpen, GroupHasConcluded)
        ),
        CommandHandler(
            WithdrawVolunteerOffer,
            handlers.withdraw_volunteer_offer,
            (NotTheVolunteer, OfferIsWithdrawn),
        ),
    ),
)
