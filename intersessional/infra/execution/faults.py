"""What the outside is told of what went wrong inside: never how, but what to do about it."""

import logging
from dataclasses import dataclass

from intersessional.infra.record.errors import Closed, TooBusy, Unavailable
from intersessional.infra.record.link import LOST
from intersessional.infra.views.errors import Behind, NotBuilt, Stopped


@dataclass(frozen=True, slots=True)
class Told:
    """A stable code and a sentence; ``ours`` are the faults that somebody must mend."""

    code: str
    message: str
    ours: bool = False


_INTERNAL = Told("INTERNAL", "Something went wrong on the server.", ours=True)


def logged(logger: logging.Logger, what: str, fault: BaseException) -> Told:
    """What is told of a fault, once it is in the log: whole where somebody must mend something."""
    said = told(fault)
    if said.ours:
        logger.error(what, exc_info=fault)
    else:
        logger.warning("%s: %s: %r", what, said.code, fault)
    return said


def told(fault: BaseException) -> Told:
    """What is told of a fault."""
    match fault:
        case TooBusy():
            return Told(
                "TOO_BUSY", "The record has more to do than it can take; try again in a moment."
            )
        case Unavailable() | Closed():
            return Told(
                "UNAVAILABLE",
                "The record did not answer in time; send the same command again to learn its "
                "outcome.",
            )
        case NotBuilt():
            return Told(
                "VIEW_NOT_BUILT",
                "This is being prepared from the record; try again a little later.",
            )
        case Behind(reason=None, reached=reached):
            return Told("VIEWS_BEHIND", f"Only what was recorded up to {reached} can be shown yet.")
        case Behind(reached=reached):
            return Told(
                "VIEW_STOPPED",
                f"What was recorded after {reached} cannot be shown here until the server is "
                "mended; it is recorded all the same.",
            )
        case Stopped():
            return Told(
                "VIEW_STOPPED",
                "Nothing that was recorded lately can be shown until the server is mended; it is "
                "recorded all the same.",
            )
        case _ if isinstance(fault, LOST) and not isinstance(fault, ValueError):
            return Told("UNAVAILABLE", "The record cannot be reached at the moment; try again.")
        case _:
            return _INTERNAL
