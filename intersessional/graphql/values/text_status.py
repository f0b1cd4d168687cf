"""Whether a text is given; if not, why."""

from enum import Enum

from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import enum


@enum
class TextStatus(Enum):
    """Whether a text is given; if not, whether no source has it or it was erased."""

    GIVEN = "GIVEN"
    """The text is given."""
    NOT_IN_SOURCES = "NOT_IN_SOURCES"
    """No source has it."""
    ERASED = "ERASED"
    """The text was given and has been erased."""


async def text_status(sealed: Sealed | None, loaders: Loaders) -> TextStatus:
    """The status of a text."""
    if sealed is None:
        return TextStatus.NOT_IN_SOURCES
    return TextStatus.ERASED if await loaders.text(sealed) is None else TextStatus.GIVEN
