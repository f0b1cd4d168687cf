"""A leaf is canonical JSON that contains the stored bytes unchanged."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.leaf import leaf_bytes
from tests.infra.event_store.format.json_strategies import documents, integers

topics = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
counts = integers.filter(lambda number: number >= 0)


@given(
    at=st.datetimes(timezones=st.just(UTC)),
    data=documents,
    position=counts,
    stream=st.uuids(),
    topic=topics,
    version=counts,
)
def test_leaf_is_canonical_json_of_all_columns(
    at: datetime, data: Any, position: int, stream: UUID, topic: str, version: int
) -> None:
    leaf = leaf_bytes(rfc3339(at), canonical(data), position, stream, topic, version)

    assert leaf == canonical(
        {
            "at": at.strftime("%Y").zfill(4) + at.strftime("-%m-%dT%H:%M:%S.%fZ"),
            "data": data,
            "position": position,
            "stream": str(stream),
            "topic": topic,
            "version": version,
        }
    )
    assert canonical(orjson.loads(leaf)) == leaf


def test_leaf_holds_the_stored_bytes_verbatim() -> None:
    state = b'{ "not" : 1.0, "canonical": "\\u00e9" }'

    leaf = leaf_bytes("", state, 1, UUID(int=1), "note.made.v1", 1)

    assert b'"data":%b,"position"' % state in leaf


def test_instant_has_one_form_in_every_zone() -> None:
    noon = datetime(2018, 4, 4, 12, tzinfo=UTC)

    elsewhere = noon.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert rfc3339(elsewhere) == rfc3339(noon) == "2018-04-04T12:00:00.000000Z"
