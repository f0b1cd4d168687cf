"""The part of the domain about sessions at the annual meeting."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.dedicated_session import handlers
from intersessional.domain.dedicated_session.commands import (
    CancelSession,
    RecordSessionHeld,
    RequestSession,
    ScheduleSession,
)
from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.dedicated_session.refusals import SessionIsOver
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished

DEDICATED_SESSION_PART = DomainPart(
    aggregates=(DedicatedSession,),
    command_handlers=(
        CommandHandler(
            RequestSession, handlers.request_session, (GroupHasConcluded, GroupNotEstablished)
        ),
        CommandHandler(ScheduleSession, handlers.schedule_session, (SessionIsOver,)),
        CommandHandler(RecordSessionHeld, handlers.record_session_held, (SessionIsOver,)),
        CommandHandler(CancelSession, handlers.cancel_session, (SessionIsOver,)),
    ),
)
