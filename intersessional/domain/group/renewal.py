"""The renewal of a group for a further cycle (DOMAIN rows 15, 17)."""

from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import AlreadyRecorded


def renew(group: Group, act: Act, *, cycle: Cycle, decision_id: UUID) -> None:
    """Go on in a further cycle.

    Raises GroupHasConcluded, GroupNotEstablished, AlreadyRecorded, OutOfTime.
    """
    group.check_change(act)
    group.check_established(act.occurred)
    if cycle.id in group.cycle_ids:
        raise AlreadyRecorded(kind="group of the cycle", id=group.id)
    group.record(
        Group.Renewed,
        act=act,
        cycle_id=cycle.id,
        year=cycle.year,
        kind=group.kind,
        decision_id=decision_id,
    )
