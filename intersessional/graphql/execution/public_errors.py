"""What the outside is told of what went wrong inside: never how, but what to do about it."""

import logging
from dataclasses import dataclass

from intersessional.domain.kernel.event_store import Closed, TooBusy, Unavailable, Unreachable
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt, ViewsStopped


@dataclass(frozen=True, slots=True)
class PublicError:
    """A stable code and a sentence; ``ours`` are the faults that somebody must mend."""

    code: str
    message: str
    ours: bool = False


_INTERNAL = PublicError("INTERNAL", "Something went wrong on the server.", ours=True)


def log_and_mask(logger: logging.Logger, what: str, fault: BaseException) -> PublicError:
    """What is told of a fault, once it is in the log: whole where somebody must mend something."""
    said = public_error(fault)
    if said.ours:
        logger.error(what, exc_info=fault)
    else:
        logger.warning("%s: %s: %r", what, said.code, fault)
    return said


def public_error(fault: BaseException) -> PublicError:
    """What is told of a fault."""
    match fault:
        case TooBusy():
            return PublicError(
                "TOO_BUSY", "The record has more to do than it can take; try again in a moment."
            )
        case Unavailable() | Closed():
            return PublicError(
                "UNAVAILABLE",
                "The record did not answer in time; send the same command again to learn its "
                "outcome.",
            )
        case ViewNotBuilt():
            return PublicError(
                "VIEW_NOT_BUILT",
                "This is being prepared from the record; try again a little later.",
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
        case ViewsStopped():
            return PublicError(
                "VIEW_STOPPED",
                "Nothing that was recorded lately can be shown until the server is mended; it is "
                "recorded all the same.",
            )
        case Unreachable() | OSError():
            return PublicError(
                "UNAVAILABLE", "The record cannot be reached at the moment; try again."
            )
        case _:
            return _INTERNAL
