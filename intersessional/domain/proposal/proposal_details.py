"""The details of a proposal, as it is put forward."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_name, validated_slug

NTH_MAX = 100
"""Years reported and phases."""


@dataclass(frozen=True, kw_only=True)
class ProposalDetails:
    """The title, group kind and theme of a proposal, and which year of work it is for."""

    title: str | None
    group_kind: str = "BPF"
    theme: str | None = None
    is_new: bool | None = None
    year_reported: int | None = None
    phase: int | None = None

    def validated(self, *, live: bool) -> Mapping[str, Any]:
        """The fields of a new proposal (DOMAIN rows 10, 42), its group new by default when live.

        Raises BadValue.
        """
        if self.title is None:
            problem = "a proposal that was not mooted needs a title."
            raise BadValue(field="title", problem=problem)
        return {
            "group_kind": self.group_kind,
            "theme": None if self.theme is None else validated_slug("theme", self.theme),
            "title": validated_name("title", self.title),
            "is_new": True if live and self.is_new is None else self.is_new,
            "year_of_theme_reported": optional_bounded_int(
                "year_reported", self.year_reported, 1, NTH_MAX
            ),
            "phase": optional_bounded_int("phase", self.phase, 1, NTH_MAX),
        }

    def check_mooted(self) -> None:
        """Check that nothing is given that a mooted proposal has already. Raises BadValue."""
        for field in ("title", "year_reported", "phase"):
            if getattr(self, field) is not None:
                raise BadValue(field=field, problem="it was given when the proposal was mooted.")
