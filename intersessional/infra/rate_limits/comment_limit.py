"""The limit on comments a person a minute."""

from datetime import datetime, timedelta

from intersessional.domain.command_handling.command import Command
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.comment.refusals import TooMany
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.rate_limits.token_buckets import TokenBuckets


class CommentLimit:
    """Counts the comments that each person submits to this node, repeats and refused ones too.

    What the Secretariat enters for others, and what the operator imports, is not counted.
    """

    def __init__(self, per_minute: int) -> None:
        """``per_minute`` comments may also be posted at once."""
        self._per_minute = per_minute
        self._buckets = TokenBuckets(per_minute=per_minute, burst=per_minute)

    def __call__(self, command: Command, caller: Caller, now: datetime) -> None:
        """Count a command. Raises TooMany."""
        match command:
            case PostComment(channel=Channel.ONLINE) if caller.person and not caller.operator:
                person = str(caller.person)
                wait_s = self._buckets.wait_s(person)
                if wait_s:
                    raise TooMany(max=self._per_minute, next_at=now + timedelta(seconds=wait_s))
                self._buckets.take(person, 1)
            case _:
                pass
