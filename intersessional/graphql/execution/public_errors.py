"""The public form of internal errors: a code and what the client can do, without internals."""

import logging
import time
from dataclasses import dataclass

from intersessional.answer_counts import masked_errors
from intersessional.domain.command_handling.event_store import (
    ClockDiffers,
    Closed,
    StaleAnswer,
    StaleEpoch,
    TooBusy,
    Unanswerable,
    Unavailable,
    Unreachable,
    UnreadableEvent,
)
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt, ViewsStopped


@dataclass(frozen=True, slots=True)
class PublicError:
    """A stable code and a sentence; ``is_bug`` where a developer or operator must act."""

    code: str
    message: str
    is_bug: bool = False


LINE_S = 10.0
"""The time between two log lines of the same code that is no bug: an outage fails every request."""

_INTERNAL = PublicError("INTERNAL", "Something went wrong on the server.", is_bug=True)


def log_and_mask(logger: logging.Logger, message: str, error: BaseException) -> PublicError:
    """Log an error, with its traceback where it is a bug, and return its public form.

    Of the others a line is logged every ``LINE_S`` seconds for each code, with their count.
    """
    public = public_error(error)
    masked_errors[public.code] += 1
    if public.is_bug:
        logger.error(message, exc_info=error)
    else:
        _log_sometimes(logger, message, public.code, error)
    return public


_logged: dict[str, tuple[float, int]] = {}
"""For each code when a line was logged last, and the count of its errors by then."""


def _log_sometimes(logger: logging.Logger, message: str, code: str, error: BaseException) -> None:
    now_s = time.monotonic()
    logged_at, count = _logged.get(code, (float("-inf"), masked_errors[code] - 1))
    if now_s - logged_at >= LINE_S:
        _logged[code] = now_s, masked_errors[code]
        logger.warning(
            "%s: %s: %r (%d since the last such line)",
            message,
            code,
            error,
            masked_errors[code] - count,
        )


def public_error(error: BaseException) -> PublicError:
    """The public form of an error."""
    match error:
        case TooBusy() | StaleAnswer() | StaleEpoch():
            return PublicError("TOO_BUSY", "The server is too busy; try again in a moment.")
        case Unavailable() | Closed():
            return PublicError(
                "UNAVAILABLE",
                "The record did not answer in time; send the same command again to learn its "
                "outcome.",
            )
        case Unanswerable():
            return PublicError(
                "UNANSWERABLE",
                "Whether this is allowed cannot be said at the moment; nothing was recorded. Try "
                "again later.",
            )
        case ViewNotBuilt() | ViewBehind() | ViewsStopped():
            return _of_view(error)
        case RecordChanged():
            return PublicError("RECORD_CHANGED", "The record has lost what this relied on.")
        case Unreachable() | OSError():
            return PublicError(
                "UNAVAILABLE", "The record cannot be reached at the moment; try again."
            )
        case ClockDiffers():
            return PublicError("UNAVAILABLE", f"{error} Nothing was recorded; try again later.")
        case UnreadableEvent():
            return PublicError(
                "UNAVAILABLE",
                "This server cannot read an event of the record: a newer one may have recorded it.",
            )
        case _:
            return _INTERNAL


def _of_view(error: ViewNotBuilt | ViewBehind | ViewsStopped) -> PublicError:
    match error:
        case ViewNotBuilt():
            return PublicError(
                "VIEW_NOT_BUILT",
                "This is being built from the record; try again later.",
            )
        case ViewBehind(reason=None, reached=reached):
            return PublicError(
                "VIEWS_BEHIND", f"Only what was recorded up to {reached} can be shown yet."
            )
        case ViewBehind(reached=reached):
            return PublicError(
                "VIEW_STOPPED",
                f"What was recorded after {reached} cannot be shown here until the server is "
                "mended; it is recorded all the same.",
            )
        case _:
            return PublicError(
                "VIEW_STOPPED",
                "Nothing that was recorded lately can be shown until the server is mended; it is "
                "recorded all the same.",
            )
