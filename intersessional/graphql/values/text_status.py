"""Whether a text is given; if not, why."""

from enum import Enum

from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import enum


@enum
class TextStatus(Enum):
    """Whether a text is given; if not, why."""

    GIVEN = "GIVEN"
    """The text is given."""
    NOT_GIVEN = "NOT_GIVEN"
    """Who recorded it live gave no text."""
    NOT_IN_SOURCES = "NOT_IN_SOURCES"
    """It is taken from sources, and none of them has the text."""
    WITHDRAWN = "WITHDRAWN"
    """The text was given and has been withdrawn: nobody can read it."""
    ERASED = "ERASED"
    """The text was given and has been erased."""


async def text_status(sealed: Sealed | None, *, historical: bool, loaders: Loaders) -> TextStatus:
    """The status of a text of an event, which is historical if it is taken from sources."""
    if sealed is None:
        return TextStatus.NOT_IN_SOURCES if historical else TextStatus.NOT_GIVEN
    absence = await loaders.text_absence(sealed)
    return TextStatus.GIVEN if absence is None else TextStatus[absence.name]
