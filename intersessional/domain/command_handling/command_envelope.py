"""A command together with its sender."""

from dataclasses import dataclass

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.caller import Caller


@dataclass(frozen=True)
class CommandEnvelope:
    """A command and its sender."""

    command: Command
    caller: Caller
