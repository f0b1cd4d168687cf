"""Errors that a retry resolves."""

from intersessional.concurrency.backoff import Backoff
from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt

RETRY_MIN_S = 0.05
RETRY_MAX_S = 1.0


def retry_backoff() -> Backoff:
    """The pauses between retries of a subscription."""
    return Backoff(RETRY_MIN_S, RETRY_MAX_S)


def is_transient(error: BaseException) -> bool:
    """Whether the same call can succeed later without any change."""
    match error:
        case ViewNotBuilt() | ViewBehind(reason=None) | Unreachable() | OSError():
            return True
        case _:
            return False
