"""The mandate of a command: the decision of the MAG that it names (DOMAIN row 27)."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.refusals import BadValue


async def check_mandate(
    context: CommandContext, act: Act, decision_id: UUID | None, *, since_year: int | None = None
) -> None:
    """Check that a decision, taken by then, in this cycle or later, stands behind an act.

    A facilitator needs none, and history may lack it. Raises DecisionRequired, NotFound, BadValue.
    """
    if decision_id is None:
        if act.actor.role is Role.FACILITATOR or act.provenance.historical:
            return
        raise DecisionRequired
    decision = await context.load(Decision, decision_id)
    taken, then = decision.act.occurred, act.occurred
    if taken.begins >= then.ends and taken.effect > then.effect:
        raise BadValue(field="decision", problem="it was taken later.")
    if since_year is not None and decision.year is not None and decision.year < since_year:
        raise BadValue(field="decision", problem="it is of an earlier cycle.")
