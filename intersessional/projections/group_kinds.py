"""The view of kinds of group."""

from dataclasses import dataclass

from intersessional.domain.group_kind.group_kind import GroupKind
from intersessional.domain.group_kind.group_kind_rules import BUILT_IN_KINDS, GroupKindRules
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class GroupKindDocument:
    """A kind of group and what applies to its groups; a built-in one has no sealed name."""

    key: str
    name: Sealed | None
    rules: GroupKindRules


def _evolve(kind: GroupKindDocument | None, recorded: RecordedEvent) -> GroupKindDocument | None:
    match recorded.event:
        case GroupKind.Defined() as event:
            rules = GroupKindRules(
                proposed=event.proposed, capped_by=event.capped_by, windowed=event.windowed
            )
            return GroupKindDocument(event.key, event.name, rules)
        case _:
            return kind


GROUP_KINDS = View(
    name="group_kinds",
    version=2,
    document=GroupKindDocument,
    keys=stream_of(GroupKind),
    evolve=_evolve,
    lists=lambda _: under(None),
)

BUILT_IN_KIND_DOCUMENTS = tuple(
    GroupKindDocument(key, None, kind.rules) for key, kind in BUILT_IN_KINDS.items()
)
"""The kinds that need no event, as the view would hold them."""
