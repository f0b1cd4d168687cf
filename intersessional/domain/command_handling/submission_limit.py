"""Submission limit: how often a sender may submit commands."""

from collections.abc import Callable
from datetime import datetime

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.caller import Caller

SubmissionLimit = Callable[[Command, Caller, datetime], None]
"""Counts a command that is submitted now. Raises a Refused that its handler declares."""


def no_limit(_command: Command, _caller: Caller, _now: datetime) -> None:
    """Allow every command."""
