"""One terminal follows the record while another changes it."""

import signal

from tests.infra.cli.program import RunningCommand, running
from tests.journeys.api_client import HEAD, signed_in
from tests.journeys.live_server import serving
from tests.ports import free_port
from tests.recorded import Recorded


async def lines(tail: RunningCommand, after: int, position: int) -> str:
    """Read the lines after a position, each of them once; returns the last one."""
    line = ""
    for expected in range(after + 1, position + 1):
        line = await tail.line()
        assert line.split()[0] == str(expected), tail.stderr()
    return line


async def test_tail_shows_a_comment_and_skips_and_doubles_nothing_after_a_kill(
    recorded: Recorded,
) -> None:
    port = free_port()
    async with serving(recorded, port) as server, signed_in(server.url, recorded) as api:
        after = (await api.ask(HEAD))["headPosition"]
        async with running("tail", "--after", str(after), PORT=str(port)) as tail:
            first = (await api.comment("Before the line drops."))["position"]
            assert "Comment.Posted: Someone commented" in await lines(tail, after, first)

            await server.end(signal.SIGKILL)
            await tail.wait_for_stderr("Trying again.")
            async with serving(recorded, port):
                second = (await api.comment("After it."))["position"]
                assert "(COMMENTER, Commenter)" in await lines(tail, first, second)

                assert await tail.end(signal.SIGINT) == 128 + signal.SIGINT
            assert tail.stderr().splitlines() == [
                "The line broke. Trying again.",
                f"Connected again; going on after {first}.",
            ]
