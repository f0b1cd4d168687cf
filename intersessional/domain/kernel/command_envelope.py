"""A command together with its sender."""

from dataclasses import dataclass

from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command


@dataclass(frozen=True)
class CommandEnvelope:
    """A command and its sender."""

    command: Command
    caller: Caller
