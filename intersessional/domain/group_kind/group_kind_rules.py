"""What applies to the groups of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from intersessional.domain.kernel.refusals import BadValue


@dataclass(frozen=True, kw_only=True)
class GroupKindRules:
    """What applies to the groups of one kind."""

    proposed: bool
    """Whether such groups are established from proposals."""
    capped_by: str | None
    """The key of the policy under whose cap they count; None: under no cap (DOMAIN row 8)."""
    windowed: bool
    """Whether their drafts have a public comment window (DOMAIN row 37)."""

    def check_unproposed(self) -> None:
        """Check that such groups need no proposal. Raises BadValue."""
        if self.proposed:
            raise BadValue(field="kind", problem="it comes from a proposal: approve one.")


@dataclass(frozen=True, kw_only=True)
class BuiltInKind:
    """A kind of group that needs no event: its name, and its rules until an event changes them."""

    name: str
    rules: GroupKindRules


def _kind(
    name: str, *, proposed: bool = False, capped_by: str | None = None, windowed: bool = True
) -> BuiltInKind:
    rules = GroupKindRules(proposed=proposed, capped_by=capped_by, windowed=windowed)
    return BuiltInKind(name=name, rules=rules)


BEST_PRACTICE_FORUM = "BPF"
"""The key of the kind of Best Practice Forums."""
AD_HOC = "AD_HOC"
"""The key of the kind of groups for one occasion."""

BUILT_IN_KINDS: Mapping[str, BuiltInKind] = {
    BEST_PRACTICE_FORUM: _kind("Best Practice Forum", proposed=True, capped_by="BPF_CAP"),
    "CENB": _kind("Policy Options for Connecting and Enabling the Next Billion(s)", proposed=True),
    "DYNAMIC_COALITION": _kind("Dynamic Coalition"),
    "NRI": _kind("National, regional or youth IGF initiative"),
    "WORKING_GROUP": _kind("Working group of the MAG", windowed=False),
    AD_HOC: _kind("Group for one occasion", windowed=False),
}
"""The kinds that the Forum had in 2018 (DOMAIN A1, rows 8, 14, 37)."""
