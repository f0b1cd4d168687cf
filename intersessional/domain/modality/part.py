"""The part of the domain about modalities."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.membership.refusals import NotTheMember
from intersessional.domain.modality import handlers
from intersessional.domain.modality.commands import (
    AdoptModality,
    ProposeModality,
    SupportModality,
)
from intersessional.domain.modality.modality import Modality
from intersessional.domain.modality.refusals import ModalityNotIn

MODALITY_PART = DomainPart(
    aggregates=(Modality,),
    command_handlers=(
        CommandHandler(ProposeModality, handlers.propose_modality, (GroupHasConcluded,)),
        CommandHandler(
            SupportModality,
            handlers.support_modality,
            (GroupHasConcluded, ModalityNotIn, NotTheMember),
        ),
        CommandHandler(AdoptModality, handlers.adopt_modality, (GroupHasConcluded, ModalityNotIn)),
    ),
)
