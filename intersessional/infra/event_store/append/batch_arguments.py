"""The arguments of the SQL call that writes a batch plan."""

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.infra.event_store.append.batch_plan import BatchPlan
from intersessional.infra.event_store.format.leaf import leaf_bytes
from intersessional.infra.event_store.format.merkle import Frontier, leaf_hash

APPEND_BATCH = "SELECT * FROM append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"

WITHDRAWN = "WITHDRAWN"
"""The access to a text that nobody may read."""


def arguments(plan: BatchPlan, frontier: Frontier) -> tuple[object, ...]:
    """The arguments of APPEND_BATCH. Appends the plan's leaves to the frontier."""
    peaks = frontier.hashes
    at = rfc3339(plan.at)
    events: list[tuple[object, ...]] = []
    openings: list[tuple[object, ...]] = []
    closings: list[tuple[object, ...]] = []
    for position, event in enumerate(plan.events, plan.after + 1):
        stream, version, topic, state = event.stream, event.version, event.topic, event.state
        leaf = leaf_hash(leaf_bytes(at, state, position, stream, topic, version))
        frontier.append(leaf)
        events.append((stream, version, topic, state, leaf))
        for opening in event.openings:
            openings.append((opening.commitment, position, opening.salt, opening.value))
        closings += ((commitment, position, WITHDRAWN) for commitment in event.closes)
    commands = [
        (one.command_id, one.subject, one.first, one.last, one.salt, one.digest)
        for one in plan.commands
    ]
    return (
        plan.after,
        peaks,
        plan.at,
        frontier.hashes,
        list(plan.checks),
        list(plan.checks.values()),
        [(*question, position) for question, position in plan.asked.items()],
        plan.others,
        events,
        commands,
        openings,
        closings,
        [(*question, position) for question, position in plan.concerned],
    )
