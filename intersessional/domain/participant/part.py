"""The part of the domain about participants."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.participant import handlers
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    EndRole,
    GrantRole,
    RegisterParticipant,
    UpdateParticipant,
)
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.refusals import RoleHeld
from intersessional.domain.participant.role_tenures import ROLE_TENURES

PARTICIPANT_PART = DomainPart(
    aggregates=(Participant,),
    command_handlers=(
        CommandHandler(RegisterParticipant, handlers.register_participant),
        CommandHandler(UpdateParticipant, handlers.update_participant, (LimitReached,)),
        CommandHandler(AcceptCodeOfConduct, handlers.accept_code_of_conduct),
        CommandHandler(GrantRole, handlers.grant_role, (RoleHeld, LimitReached)),
        CommandHandler(EndRole, handlers.end_role, (LimitReached,)),
    ),
    questions=(ROLE_TENURES,),
)
