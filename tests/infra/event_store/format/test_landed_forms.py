"""Every form of an event that has landed is still read."""

from uuid import uuid4

import orjson

from intersessional.domain.comment.comment import Comment
from intersessional.domain.draft.block import BlockKind
from intersessional.domain.draft.draft import Draft
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.plain_values import plain
from tests.infra.event_store.event_strategies import SUBJECTS
from tests.infra.event_store.format.memo import ACT, row_of
from tests.infra.event_store.stored_format import CHECKED_IN
from tests.landed_lines import lines_of

FORMS = [
    (topic, data)
    for topic, _, data in (line.partition(" ") for line in lines_of(CHECKED_IN))
    if data.startswith("{") and topic != "act"
]
CODEC = Codec(SUBJECTS)


def read(topic: str, data: str) -> object:
    """The event with this data."""
    act = plain(ACT, "act", lambda _, text: str(text.value))
    state = canonical({"act": act, "data": orjson.loads(data)})
    return CODEC.recorded(
        row_of(NewEvent(stream=uuid4(), version=1, topic=topic, state=state))
    ).event


def test_every_form_that_has_landed_is_read() -> None:
    known = {event.__name__ for event in map(type, (read(*form) for form in FORMS))}

    assert "UnknownEvent" not in known
    assert {"Posted", "Published"} <= known


def test_block_that_was_recorded_without_a_kind_is_a_paragraph() -> None:
    topic, data = next(form for form in FORMS if form[0] == "draft.published.v1")
    event = read(topic, data)

    assert '"kind"' not in data
    assert isinstance(event, Draft.Published)
    [block] = event.blocks
    assert (block.kind, block.level, block.language) == (BlockKind.PARAGRAPH, None, None)


def test_comment_that_was_recorded_without_a_language_has_none() -> None:
    topic, data = next(form for form in FORMS if form[0] == "comment.posted.v1")
    event = read(topic, data)

    assert '"language"' not in data
    assert isinstance(event, Comment.Posted)
    assert event.language is None
