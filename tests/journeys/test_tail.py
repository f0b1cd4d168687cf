"""One terminal follows the record while another changes it."""

import signal

from tests.infra.cli.programme import Running, running
from tests.journeys.api import HEAD, signed_in
from tests.journeys.server import free_port, serving
from tests.recorded import Recorded


async def lines(tail: Running, after: int, position: int) -> str:
    """Read the lines after a position, each of them once; answers the last one."""
    line = ""
    for expected in range(after + 1, position + 1):
        line = await tail.line()
        assert line.split()[0] == str(expected), tail.said()
    return line


async def test_a_comment_shows_in_another_terminal_and_a_killed_server_skips_and_doubles_nothing(
    recorded: Recorded,
) -> None:
    port = free_port()
    async with serving(recorded, port) as server, signed_in(server.url, recorded) as api:
        after = (await api.ask(HEAD))["headPosition"]
        async with running("tail", "--after", str(after), PORT=str(port)) as tail:
            first = (await api.comment("Before the line drops."))["position"]
            assert "Comment.Posted: Someone commented" in await lines(tail, after, first)

            await server.end(signal.SIGKILL)
            await tail.told("Trying again.")
            async with serving(recorded, port):
                second = (await api.comment("After it."))["position"]
                assert "(COMMENTER, Commenter)" in await lines(tail, first, second)

                assert await tail.end(signal.SIGINT) == 128 + signal.SIGINT
            assert tail.said().splitlines() == [
                "The line broke. Trying again.",
                f"Connected again; going on after {first}.",
            ]
