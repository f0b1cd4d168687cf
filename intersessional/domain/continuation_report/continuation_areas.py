"""The new areas of work that a group names for the next cycle."""

from collections.abc import Sequence

from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_name

AREAS_MAX = 20
"""New areas of work that a group can name."""


def validated_areas(areas: Sequence[str]) -> tuple[Sealed, ...]:
    """The areas, to be sealed. Raises BadValue, LimitReached."""
    if len(areas) > AREAS_MAX:
        raise LimitReached(kind="new areas of work", most=AREAS_MAX)
    return tuple(validated_name(f"areas.{n}", area) for n, area in enumerate(areas))
