"""The final segment of an output, in its parts (DOMAIN row 29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.continuation_report.continuation_areas import validated_areas
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_text


@dataclass(frozen=True)
class FinalSegment:
    """Whether work is to be carried forward, on which new areas, and who was consulted."""

    wish: ContinuationWish
    areas: tuple[Permanent, ...]
    """The new areas of work."""
    consultation: Permanent | None
    """How the group consulted on it."""
    draft_id: UUID | None
    """The output that has the segment."""

    @classmethod
    def validated(
        cls,
        *,
        wish: ContinuationWish,
        areas: Sequence[str] = (),
        consultation: str | None = None,
        draft_id: UUID | None = None,
    ) -> Self:
        """The segment with its texts to be sealed. Raises BadValue, LimitReached."""
        return cls(
            wish=wish,
            areas=validated_areas(areas),
            consultation=validated_optional_text("consultation", consultation),
            draft_id=draft_id,
        )
