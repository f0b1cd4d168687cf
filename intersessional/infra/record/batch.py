"""A plan as the arguments of the one SQL call that records it."""

from intersessional.infra.record.leaf import leaf_bytes, rfc3339
from intersessional.infra.record.merkle import Frontier, leaf_hash
from intersessional.infra.record.plan import Plan

APPEND_BATCH = "SELECT * FROM append_batch(%s)" % ", ".join(f"${n}" for n in range(1, 22))


def arguments(plan: Plan, frontier: Frontier) -> tuple[object, ...]:
    """The arguments of APPEND_BATCH. The frontier is moved over the plan's events."""
    at = rfc3339(plan.at)
    leaves = [
        leaf_hash(
            leaf_bytes(at, event.state, position, event.stream, event.topic, event.version)
        )
        for position, event in enumerate(plan.events, plan.after + 1)
    ]
    for leaf in leaves:
        frontier.append(leaf)
    opened = [
        (position, opening)
        for position, event in enumerate(plan.events, plan.after + 1)
        for opening in event.openings
    ]
    return (
        plan.after,
        plan.at,
        frontier.hashes,
        list(plan.checks),
        list(plan.checks.values()),
        plan.others,
        [event.stream for event in plan.events],
        [event.version for event in plan.events],
        [event.topic for event in plan.events],
        [event.state for event in plan.events],
        leaves,
        [known.receipt.command_id for known in plan.commands],
        [known.receipt.subject for known in plan.commands],
        [known.receipt.first for known in plan.commands],
        [known.receipt.last for known in plan.commands],
        [known.salt for known in plan.commands],
        [known.digest for known in plan.commands],
        [opening.commitment for _, opening in opened],
        [position for position, _ in opened],
        [opening.salt for _, opening in opened],
        [opening.value for _, opening in opened],
    )
