"""A plan as the arguments of the one SQL call that records it."""

from uuid import UUID

from intersessional.infra.record.entries import Opening
from intersessional.infra.record.leaf import leaf_bytes, rfc3339
from intersessional.infra.record.merkle import Frontier, leaf_hash
from intersessional.infra.record.plan import Plan

APPEND_BATCH = "SELECT * FROM append_batch(%s)" % ", ".join(f"${n}" for n in range(1, 22))


def arguments(plan: Plan, frontier: Frontier) -> tuple[object, ...]:
    """The arguments of APPEND_BATCH. The frontier is moved over the plan's events."""
    streams: list[UUID] = []
    versions: list[int] = []
    topics: list[str] = []
    states: list[bytes] = []
    leaves: list[bytes] = []
    openings: list[Opening] = []
    opened_at: list[int] = []
    at = rfc3339(plan.at)
    for position, event in enumerate(plan.events(), plan.after + 1):
        leaf = leaf_hash(
            leaf_bytes(
                at=at,
                data=event.state,
                position=position,
                stream=event.stream,
                topic=event.topic,
                version=event.version,
            )
        )
        frontier.append(leaf)
        streams.append(event.stream)
        versions.append(event.version)
        topics.append(event.topic)
        states.append(event.state)
        leaves.append(leaf)
        for opening in event.openings:
            openings.append(opening)
            opened_at.append(position)
    commands = list(plan.commands())
    return (
        plan.after,
        plan.at,
        frontier.hashes,
        list(plan.checks),
        list(plan.checks.values()),
        plan.others,
        streams,
        versions,
        topics,
        states,
        leaves,
        [known.receipt.command_id for known in commands],
        [known.receipt.subject for known in commands],
        [known.receipt.first for known in commands],
        [known.receipt.last for known in commands],
        [known.salt for known in commands],
        [known.digest for known in commands],
        [opening.commitment for opening in openings],
        opened_at,
        [opening.salt for opening in openings],
        [opening.value for opening in openings],
    )
