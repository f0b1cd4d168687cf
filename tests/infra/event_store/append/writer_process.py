"""A process that appends without end and prints each answer, until it is killed.

python -m tests.infra.event_store.append.writer_process URL SCHEMA FROM STEP
"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from itertools import count
from uuid import UUID, uuid5

from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.sequencer import Sequencer
from tests.infra.event_store.append_requests import an_append, events_of

CLIENTS = 16
_NAMESPACE = UUID(int=2018)


def the_append(number: int) -> AppendRequest:
    """The append of this number, the same in every process."""
    stream = uuid5(_NAMESPACE, f"stream {number}")
    command_id = uuid5(_NAMESPACE, f"command {number}")
    return an_append(
        *events_of(stream, 1, 1 + number % 3), command_id=command_id, body=b"%d" % number
    )


async def write(
    sequencer: Sequencer, numbers: Iterator[int], on_answer: Callable[[int, int], None]
) -> None:
    """Append from many clients; call ``on_answer`` with each number and its position."""

    async def client() -> None:
        for number in numbers:
            [receipt] = await sequencer.append(the_append(number))
            on_answer(number, receipt.first)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(CLIENTS):
            tasks.create_task(client())


def _print_answer(number: int, position: int) -> None:
    sys.stdout.write(f"{number} {position}\n")
    sys.stdout.flush()


async def _main(url: str, schema: str, first: str, step: str) -> None:
    async with Sequencer(url, schema=schema) as sequencer:
        await write(sequencer, count(int(first), int(step)), _print_answer)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
