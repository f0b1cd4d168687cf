"""A group that is proposed before a decision establishes it (DOMAIN rows 15, 16)."""

from collections.abc import Collection
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.texts import validated_name, validated_optional_text

PROPOSED_BY_MAX = 50
"""Those who propose a group together."""


def propose(
    act: Act,
    *,
    id: UUID,
    cycle: Cycle,
    kind: str,
    name: str,
    remit: str | None,
    proposed_by: Collection[UUID],
    meeting_id: UUID | None = None,
) -> Group:
    """Propose a group for a cycle; history may lack by whom and what for.

    Raises BadValue, LimitReached.
    """
    if len(proposed_by) > PROPOSED_BY_MAX:
        raise LimitReached(kind="proposers of a group", most=PROPOSED_BY_MAX)
    if not (proposed_by or act.provenance.historical):
        raise BadValue(field="proposed_by", problem="name at least one member.")
    if remit is None and not act.provenance.historical:
        raise BadValue(field="remit", problem="say what the group is to do.")
    return Group.create(
        Group.Proposed,
        id=id,
        act=act,
        cycle_id=cycle.id,
        year=cycle.year,
        kind=kind,
        name=validated_name("name", name),
        remit=validated_optional_text("remit", remit),
        proposed_by=tuple(dict.fromkeys(proposed_by)),
        meeting_id=meeting_id,
    )


def approve_group(
    group: Group, act: Act, *, cycle: Cycle | None, kind: str, name: str, decision_id: UUID
) -> None:
    """Establish a group that was proposed.

    Raises GroupHasConcluded, AlreadyRecorded, BadValue, OutOfTime.
    """
    group.check_change(act)
    if not group.is_proposed:
        raise AlreadyRecorded(kind="group", id=group.id)
    if kind != group.kind:
        raise BadValue(field="kind", problem="it was proposed as a group of another kind.")
    group.record(
        Group.Approved,
        act=act,
        cycle_id=None if cycle is None else cycle.id,
        year=None if cycle is None else cycle.year,
        kind=kind,
        name=validated_name("name", name),
        decision_id=decision_id,
    )
