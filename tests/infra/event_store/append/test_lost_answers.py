"""An answer that is lost on its way is found again: nothing is recorded twice, or forgotten."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from tests.infra.event_store.append.lossy_proxy import run_lossy_proxy
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation


def ticking(looks: list[datetime]) -> Callable[[], datetime]:
    """A clock that advances by a second at each reading, and remembers the readings."""

    def look() -> datetime:
        looks.append(datetime(2018, 4, 4, tzinfo=UTC) + timedelta(seconds=len(looks)))
        return looks[-1]

    return look


@pytest.mark.parametrize(
    ("before", "statement", "committed"),
    [
        pytest.param(0, b"append_events", False, id="before the commit"),
        pytest.param(0, b"COMMIT", True, id="after a commit under the lock"),
        pytest.param(2, b"", True, id="after a commit in one call"),
    ],
)
async def test_commit_with_a_lost_response_is_recorded_once_and_is_no_repeat(
    location: StoreLocation, log: EventLog, before: int, statement: bytes, committed: bool
) -> None:
    looks: list[datetime] = []
    append = a_new_stream()
    async with (
        run_lossy_proxy(location.url) as (url, proxy),
        Sequencer(url, schema=location.schema, clock=ticking(looks)) as sequencer,
    ):
        for _ in range(before):
            await sequencer.append(a_new_stream())
        proxy.lose_answer_to(statement)

        [receipt] = await sequencer.append(append)

        assert proxy.lost == 1
        assert (receipt.first, receipt.repeated) == (before + 1, False)
        assert (receipt.recorded_at < looks[-1]) == committed
        assert await sequencer.append(append) == (replace(receipt, repeated=True),)
    rows = await log.read(0, 10)
    assert [row.position for row in rows] == list(range(1, before + 2))
    assert rows[-1].recorded_at == receipt.recorded_at
