"""How commands about a cycle are answered."""

from uuid import UUID

from intersessional.domain.cycle.commands import AssessResources, OpenCycle, SetProposalDeadline
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR, bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.domain.kernel.texts import validated_optional_text

_CAPACITY_MAX = 1_000


async def open_cycle(command: OpenCycle, context: CommandContext) -> UUID:
    """Answer OpenCycle: a year has one cycle."""
    act = await context.act_as(Role.SECRETARIAT)
    year = bounded_int("year", command.year, FIRST_IGF, LAST_YEAR)
    id = command.begins
    if await context.find(Cycle, id) is not None:
        raise AlreadyRecorded(kind="cycle", id=id)
    context.add(Cycle.begin(Cycle.Opened, id=id, act=act, year=year))
    return id


async def assess_resources(command: AssessResources, context: CommandContext) -> UUID:
    """Answer AssessResources: the Secretariat assesses, before the MAG decides (DOMAIN row 34)."""
    act = await context.act_as(Role.SECRETARIAT)
    capacity = bounded_int("capacity", command.capacity, 0, _CAPACITY_MAX)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    cycle.record(
        Cycle.ResourcesAssessed,
        act=act,
        assessment_id=command.new_id,
        capacity=capacity,
        note=validated_optional_text("note", command.note),
    )
    return cycle.id


async def set_proposal_deadline(command: SetProposalDeadline, context: CommandContext) -> UUID:
    """Answer SetProposalDeadline: it may be moved (DOMAIN row 33)."""
    act = await context.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await context.load(Cycle, cycle_id(command.year), command.expected_version)
    cycle.record(Cycle.ProposalDeadlineSet, act=act, due_on=command.due_on)
    return cycle.id
