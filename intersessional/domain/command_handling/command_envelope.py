"""A command together with its sender."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_id import id_within_sender
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.rule.override import Override

_NOBODY = UUID(int=0)
_TEXT = "."
"""Stands for reasons that are not written yet."""


@dataclass(frozen=True)
class CommandEnvelope:
    """A command and its sender."""

    command: Command
    caller: Caller
    sent_id: UUID | None = None
    """The command id as a client has sent it; None for an id that the server has made."""

    @classmethod
    def from_client(cls, command: Command, caller: Caller) -> Self:
        """A command that a client has sent: its id is recorded within the sender's own."""
        sent = command.command_id
        own = id_within_sender(caller.person or _NOBODY, sent)
        return cls(replace(command, command_id=own), caller, sent_id=sent)

    def overriding(self, rule: str) -> Self:
        """The same command with an override of one more soft rule."""
        override = Override(rule=rule, rationale=_TEXT)
        overrides = (*self.command.overrides, override)
        return replace(self, command=replace(self.command, overrides=overrides))

    @property
    def public_id(self) -> UUID:
        """The command id in answers and in events."""
        return self.command.command_id if self.sent_id is None else self.sent_id
