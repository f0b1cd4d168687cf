"""How commands about a cycle are answered."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.cycle.commands import AssessResources, OpenCycle, SetProposalDeadline
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.desk import Desk
from intersessional.domain.ids import cycle_id
from intersessional.domain.numbers import FIRST_IGF, LAST_YEAR, whole
from intersessional.domain.refused import AlreadyRecorded
from intersessional.domain.texts import optional_text

_CAPACITY_MAX = 1_000


async def open_cycle(command: OpenCycle, desk: Desk) -> UUID:
    """Answer OpenCycle: a year has one cycle."""
    act = await desk.act_as(Role.SECRETARIAT)
    year = whole("year", command.year, FIRST_IGF, LAST_YEAR)
    id = command.begins
    if await desk.find(Cycle, id) is not None:
        raise AlreadyRecorded(kind="cycle", id=id)
    desk.add(Cycle.begin(Cycle.Opened, id=id, act=act, year=year))
    return id


async def assess_resources(command: AssessResources, desk: Desk) -> UUID:
    """Answer AssessResources: the Secretariat assesses, before the MAG decides (DOMAIN row 34)."""
    act = await desk.act_as(Role.SECRETARIAT)
    capacity = whole("capacity", command.capacity, 0, _CAPACITY_MAX)
    cycle = await desk.load(Cycle, cycle_id(command.year), command.expected_version)
    cycle.record(
        Cycle.ResourcesAssessed,
        act=act,
        assessment_id=command.new_id,
        capacity=capacity,
        note=optional_text("note", command.note),
    )
    return cycle.id


async def set_proposal_deadline(command: SetProposalDeadline, desk: Desk) -> UUID:
    """Answer SetProposalDeadline: it may be moved (DOMAIN row 33)."""
    act = await desk.act_as(Role.MAG_CHAIR, Role.SECRETARIAT)
    cycle = await desk.load(Cycle, cycle_id(command.year), command.expected_version)
    cycle.record(Cycle.ProposalDeadlineSet, act=act, due_on=command.due_on)
    return cycle.id
