"""A chain of reasons: what a node rests on, what that rests on, and so on."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_node
from intersessional.graphql.relay.reason import Reason, ReasonEvent, ReasonKind
from intersessional.graphql.request.context import Info
from intersessional.projections.cycles import CycleDocument
from intersessional.projections.deviations import DEVIATIONS
from intersessional.projections.kernel.view import ListKey

STEPS_MAX = 60
"""Steps of a chain."""
_DEPTH_MAX = 7
"""Steps from what is asked about to the last reason."""
_DEVIATIONS_MAX = 5
"""Deviations of one node that are shown."""


@dataclass
class ChainStep:
    """A reason in its place, with the node that it names and with what it rests on."""

    reason: Reason
    node: Node | None = None
    steps: list["ChainStep"] = field(default_factory=list["ChainStep"])


async def chain_of(node: Node, info: Info) -> ChainStep:
    """The chain of what a node rests on: each node once, level by level.

    It ends after ``_DEPTH_MAX`` levels, and where it has ``STEPS_MAX`` steps.
    """
    first = ChainStep(Reason(kind=ReasonKind.ASKED, subject=node.snapshot.key), node)
    seen = {node.snapshot.key}
    level, total = [first], 1
    for _ in range(_DEPTH_MAX):
        below: list[ChainStep] = []
        reasons = await asyncio.gather(*(_reasons(step) for step in level))
        for step, found in zip(level, reasons, strict=True):
            new = [*_unseen(found, seen)][: STEPS_MAX - total]
            step.steps = [ChainStep(one) for one in new]
            total += len(new)
            below += step.steps
        await asyncio.gather(*(_find(step, node, info) for step in below))
        level = below
    await _add_what_deviates(first, STEPS_MAX - total, info)
    return first


def in_order(step: ChainStep) -> Iterator[tuple[ChainStep, ChainStep | None]]:
    """Each step and the one that it is a reason of, from what is asked about on."""
    yield step, None
    for one in step.steps:
        yield from ((later, before or step) for later, before in in_order(one))


def _unseen(reasons: Sequence[Reason], seen: set[UUID]) -> Iterator[Reason]:
    """The reasons that name no node which another step names."""
    for one in reasons:
        if one.subject is None or one.subject not in seen:
            if one.subject is not None:
                seen.add(one.subject)
            yield one


async def _find(step: ChainStep, of: Node, info: Info) -> None:
    """Find the node that a step names."""
    if step.reason.subject is not None:
        step.node = await find_node(step.reason.subject, of.loaders, info)


async def _reasons(step: ChainStep) -> list[Reason]:
    """What a step rests on: what its reason names, and its node's own reasons."""
    own = () if step.node is None else await step.node.reasons()
    return [*step.reason.because, *own]


async def _deviations(node: Node) -> list[Reason]:
    """The deviations of a node; none of a cycle, whose groups and decisions have them."""
    if isinstance(node.snapshot.document, CycleDocument):
        return []
    list_key = ListKey(node.snapshot.key)
    page = await node.loaders.page(DEVIATIONS, list_key, first=_DEVIATIONS_MAX)
    return [
        Reason(
            kind=ReasonKind.DEVIATION,
            subject=one.key,
            facts=(Fact("rule", word=one.document.rule), *one.document.facts),
            text=one.document.rationale,
            is_given=one.document.rationale is not None,
            historical=one.document.act.provenance.historical,
        )
        for one in page.items
    ]


async def _add_what_deviates(first: ChainStep, steps_max: int, info: Info) -> None:
    """Add the deviations of all nodes and the corrections of their facts, all read at once."""
    nodes = [(step, step.node) for step, _ in in_order(first) if step.node is not None]
    found = await asyncio.gather(
        *(asyncio.gather(_deviations(node), _corrections(node)) for _, node in nodes)
    )
    added: list[tuple[ChainStep, Node]] = []
    for (step, node), (deviations, corrections) in zip(nodes, found, strict=True):
        new = [ChainStep(one) for one in (*deviations, *corrections)][: steps_max - len(added)]
        step.steps += new
        added += [(one, node) for one in new]
    await asyncio.gather(*(_find(step, node, info) for step, node in added))


async def _corrections(node: Node) -> list[Reason]:
    return [
        Reason(
            kind=ReasonKind.CORRECTION,
            event=ReasonEvent(position=one.position),
            text=one.event.reason,
        )
        for one in await node.loaders.corrections(node.snapshot.key)
        if isinstance(one.event, FactCorrected)
    ]
