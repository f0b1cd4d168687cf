"""Reads as of an instant of a document with many later events, corrected and not.

A group is renamed many times; it is read as of an instant before the first of them: when nothing
was corrected, after its draft's title was, and after its name was. `ratio` is to the first of the
three. The record is in the database of DATABASE_URL, or in an embedded one in a new directory.
"""

import argparse
import asyncio
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

from bench.growth import Forum, open_forum
from intersessional.domain.correction.commands import CorrectFact, FieldCorrection
from intersessional.domain.group.commands import RenameGroup
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.as_of import AsOf

TIMES = (1_000, 10_000)
_READS = 9


async def _read_s(forum: Forum, as_of: AsOf) -> float:
    """The time of one read, the middle one of some."""
    times: list[float] = []
    for _ in range(_READS):
        began = perf_counter()
        await forum.backend.reader.get(GROUPS, [forum.group], as_of)
        times.append(perf_counter() - began)
    return sorted(times)[_READS // 2]


async def _correct(forum: Forum, stream: str) -> None:
    """Correct a text of an event of the group, or of its draft."""
    id, version, field = {
        "group": (forum.group, 1, "name"),
        "draft": (forum.draft, 1, "title"),
    }[stream]
    changes = (FieldCorrection(field=field, value="Another one"),)
    command = CorrectFact(
        command_id=uuid4(), stream=id, version=version, changes=changes, reason="Misread."
    )
    await forum.backend.command_bus.submit(command, OPERATOR)


async def measure(times: int) -> None:
    """Print a line for a number of renamings."""
    async with open_forum() as forum:
        before = datetime.now(UTC)
        for number in range(times):
            name = f"A forum of many names {number}"
            await forum.send(RenameGroup(command_id=uuid4(), group=forum.group, name=name))
        first: float | None = None
        for what in ("nothing", "draft", "group"):
            if what != "nothing":
                await _correct(forum, what)
            head = await forum.backend.record.head()
            await forum.backend.reader.wait_until_reached(head)
            took = await _read_s(forum, AsOf(head, before))
            first = first or took
            print(f"{head:10,d} {what:10s} {took * 1_000:10.2f} {took / first:8.1f}", flush=True)


async def main() -> None:
    """Print a line for each number of renamings and each thing that was corrected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=TIMES, help="how many renamings")
    arguments = parser.parse_args()
    print(f"{'positions':>10s} {'corrected':10s} {'ms a read':>10s} {'ratio':>8s}")
    for times in arguments.times:
        await measure(times)


if __name__ == "__main__":
    asyncio.run(main())
