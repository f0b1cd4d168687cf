"""The lineage of groups and themes over the years, in the API (DOMAIN rows 10, 14, A7)."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.domain.group_descent.commands import RecordGroupDescent
from intersessional.domain.group_descent.descent_kind import DescentKind
from intersessional.domain.kernel.ids import theme_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import FIRST_MAX, After, Connection, First, parse_first
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.types.theme import ThemeType, ThemeYearType
from intersessional.graphql.values.lineage_kind import LineageKind
from intersessional.projections.group_descents import GROUP_DESCENTS
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.proposals import PROPOSALS
from intersessional.projections.themes import THEMES, ThemeDocument

LINEAGE_MAX = 100
"""Steps of a lineage that are shown."""

FirstSteps = Annotated[
    int,
    strawberry.argument(description=f"The number of steps, from 1 to {LINEAGE_MAX}."),
]


@dataclass(frozen=True)
class LineageStep:
    """A step from an earlier group or a proposal to a group."""

    kind: LineageKind
    group_id: UUID
    earlier_id: UUID | None = None
    proposal_id: UUID | None = None
    is_recorded: bool = True


@object_type
class LineageStepType:
    """A step of a lineage: from an earlier group, or from a proposal, to a group."""

    value: strawberry.Private[LineageStep]
    loaders: strawberry.Private[Loaders]

    @field
    def kind(self) -> LineageKind:
        """How the group comes from it."""
        return self.value.kind

    @field
    def is_recorded(self) -> bool:
        """Whether it was recorded; else it follows from the years of work on one theme."""
        return self.value.is_recorded

    @field
    async def group(self) -> GroupType | None:
        """The later group."""
        return await GroupType.find(self.value.group_id, self.loaders)

    @field
    async def earlier(self) -> GroupType | None:
        """The earlier group; null where it comes from a proposal."""
        return await GroupType.find(self.value.earlier_id, self.loaders)

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal; null where it comes from a group."""
        return await ProposalType.find(self.value.proposal_id, self.loaders)


@object_type
class PhaseOfInitiativeType:
    """The phase of a continuing initiative; 1 is the first (DOMAIN row 14)."""

    reported: int
    """The phase according to its source."""
    computed: int | None
    """The phase according to the groups of its kind of earlier years; null where there are none."""
    differ: bool
    """Whether both are given and differ."""


@at_most(LINEAGE_MAX)
async def lineage_of_group(
    root: GroupType, first: FirstSteps = LINEAGE_MAX
) -> list[LineageStepType]:
    """What it comes from, and what comes from it: groups and proposals, one step away."""
    parse_first(first, size_max=LINEAGE_MAX)
    steps = await _recorded(root.snapshot.key, root.loaders)
    page = await root.loaders.page(THEMES, ListKey(root.snapshot.key), first=FIRST_MAX)
    for one in page.items:
        near = (step for step in _by_years(one.document) if root.snapshot.key in _ends(step))
        steps = _with(steps, near)
    return _shown(steps, first, root.loaders)


@at_most(LINEAGE_MAX)
async def lineage_of_theme(
    root: ThemeType, first: FirstSteps = LINEAGE_MAX
) -> list[LineageStepType]:
    """How the groups that worked on it come from each other, and from proposals."""
    parse_first(first, size_max=LINEAGE_MAX)
    groups = dict.fromkeys(year.group_id for year in root.document.years)
    found = await asyncio.gather(
        *(_recorded(group, root.loaders) for group in groups if group is not None)
    )
    steps = tuple(dict.fromkeys(chain.from_iterable(found)))
    return _shown(_with(steps, _by_years(root.document)), first, root.loaders)


async def themes_of_group(
    root: GroupType, first: First = 20, after: After = None
) -> Connection[ThemeType] | None:
    """The themes that it worked on."""
    return await ThemeType.page(root.snapshot.key, root.loaders, first=first, after=after)


async def proposals_of_theme(
    root: ThemeType, first: First = 20, after: After = None
) -> Connection[ProposalType] | None:
    """The proposals that take it up, of all cycles."""
    parent = theme_id(root.document.key)
    return await ProposalType.page(parent, root.loaders, first=first, after=after)


async def group_of_theme_year(root: ThemeYearType) -> GroupType | None:
    """The group of that year; null where only its title is on record."""
    return await GroupType.find(root.value.group_id, root.loaders)


async def phase_of_proposal(root: ProposalType) -> PhaseOfInitiativeType | None:
    """The phase of the initiative, as reported and as computed; null where none is reported."""
    reported = root.document.phase
    if reported is None:
        return None
    of_kind = ListKey(None, root.document.group_kind)
    page = await root.loaders.page(GROUPS, of_kind, first=FIRST_MAX)
    years = {one.document.year for one in page.items}
    earlier = sum(year is not None and year < root.document.year for year in years)
    computed = earlier + 1 if earlier else None
    differ = None not in (reported, computed) and reported != computed
    return PhaseOfInitiativeType(reported=reported, computed=computed, differ=differ)


async def _recorded(group_id: UUID, loaders: Loaders) -> tuple[LineageStep, ...]:
    """The steps to and from a group that are on record."""
    descents, redirected, group = await asyncio.gather(
        loaders.page(GROUP_DESCENTS, ListKey(group_id), first=FIRST_MAX),
        loaders.page(PROPOSALS, ListKey(group_id), first=FIRST_MAX),
        GroupType.find(group_id, loaders),
    )
    own = None if group is None else group.document.proposal_id
    proposal = await ProposalType.find(own, loaders)
    merged = () if proposal is None else proposal.document.merged_from
    split = () if proposal is None else (proposal.document.split_from,)
    return (
        *(
            LineageStep(LineageKind.of(one.kind), one.group_id, earlier_id=one.earlier_id)
            for one in (item.document for item in descents.items)
        ),
        *(LineageStep(LineageKind.MERGED_FROM, group_id, proposal_id=one) for one in merged),
        *(LineageStep(LineageKind.SPLIT_FROM, group_id, proposal_id=one) for one in split if one),
        *(
            LineageStep(LineageKind.REDIRECTED_TO, group_id, proposal_id=item.key)
            for item in redirected.items
        ),
    )


def _by_years(theme: ThemeDocument) -> Iterable[LineageStep]:
    """Each group of a theme continues those of the year of work on it before."""
    earlier: tuple[UUID, ...] = ()
    for year in dict.fromkeys(one.year for one in theme.years):
        at_work = [one.group_id for one in theme.years if one.year == year]
        groups = tuple(group for group in at_work if group is not None)
        for group in groups:
            for before in earlier:
                kind = LineageKind.CONTINUES
                yield LineageStep(kind, group, earlier_id=before, is_recorded=False)
        earlier = groups


def _with(steps: tuple[LineageStep, ...], more: Iterable[LineageStep]) -> tuple[LineageStep, ...]:
    """The steps with those between groups of which none is there yet."""
    there = {_ends(step) for step in steps}
    return (*steps, *(step for step in more if _ends(step) not in there))


def _ends(step: LineageStep) -> tuple[UUID, UUID | None]:
    return step.group_id, step.earlier_id


def _shown(steps: tuple[LineageStep, ...], first: int, loaders: Loaders) -> list[LineageStepType]:
    return [LineageStepType(value=step, loaders=loaders) for step in steps[:first]]


LINEAGE_SCHEMA = SchemaPart(
    enums=(DescentKind, LineageKind),
    mutations=(Mutation(RecordGroupDescent, "GroupDescentRecorded", GroupType, versioned=False),),
    extends={
        "Group": {"lineage": lineage_of_group, "themes": themes_of_group},
        "Proposal": {"phase_of_initiative": phase_of_proposal},
        "Theme": {"lineage": lineage_of_theme, "proposals": proposals_of_theme},
        "ThemeYear": {"group": group_of_theme_year},
    },
)
