"""The mandate of a command: the decision of the MAG that it names (DOMAIN row 27)."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.decision.decision import Decision, is_after
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue


async def check_mandate(
    context: CommandContext, act: Act, decision_id: UUID | None, group: Group | None = None
) -> None:
    """Check that a decision stands behind an act, was taken by then, and concerns the group.

    A facilitator needs none, and history may lack it. Raises DecisionRequired, NotFound, BadValue.
    """
    if decision_id is None:
        if act.actor.role is Role.FACILITATOR or act.provenance.historical:
            return
        raise DecisionRequired
    decision = await context.load(Decision, decision_id)
    taken = decision.check_in_force(act.occurred)
    if group is not None:
        _check_concerns(decision, taken, group)


def _check_concerns(decision: Decision, taken: Occurred, group: Group) -> None:
    """Check that the decision names the group or its proposal, or may have been about it.

    It may, when it names nothing and was taken in a cycle of the group, once there was the group.
    """
    subjects = {outcome.subject for outcome in decision.outcomes}
    if subjects & {group.id, group.proposal_id}:
        return
    if subjects:
        raise BadValue(field="decision", problem="it is about something else.")
    if group.cycle_ids and decision.cycle_id not in group.cycle_ids:
        raise BadValue(field="decision", problem="it is of a cycle that the group is not of.")
    if group.established_by is not None and is_after(group.established_by.occurred, taken):
        raise BadValue(field="decision", problem="it was taken before there was the group.")
