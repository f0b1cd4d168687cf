"""Checks that handlers, guards and reactions keep to what the command bus relies on."""

from collections.abc import Sequence

from intersessional.domain.command_handling.command_handler import CommandHandler, Guard
from intersessional.domain.kernel.act import Actor, Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.refusals import COMMON_REFUSALS, IMPORT_REFUSALS, Refused


def check_nobodys(consequences: Sequence[DomainEvent]) -> None:
    """Raises TypeError for an event of a reaction that names an actor other than the system."""
    for event in consequences:
        if event.act.actor != Actor(Role.SYSTEM):
            name = type(event).__qualname__
            raise TypeError(f"a reaction recorded {name} as {event.act.actor.role.value}")


def check_declared(refused: Refused, handler: CommandHandler, guards: Sequence[Guard]) -> None:
    """Raises TypeError for a refusal that neither the handler nor a guard declares."""
    of_guards = [refusal for guard in guards for refusal in guard.refuses]
    if not isinstance(refused, (*COMMON_REFUSALS, *IMPORT_REFUSALS, *handler.refuses, *of_guards)):
        command, name = handler.command.__name__, type(refused).__name__
        raise TypeError(f"{command} does not declare {name}") from refused
