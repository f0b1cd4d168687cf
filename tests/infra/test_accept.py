"""The media type of a response follows the Accept header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.infra.accept import Accept
from intersessional.infra.http.media_types import EVENT_STREAM, JSON, RESPONSE_JSON

OFFERS = (JSON, RESPONSE_JSON, EVENT_STREAM)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, JSON),
        ("text/*", EVENT_STREAM),
        ("APPLICATION/JSON; charset=utf-8", JSON),
        (
            "application/graphql-response+json, application/graphql+json, application/json",
            RESPONSE_JSON,
        ),
        ("application/json, application/graphql-response+json", JSON),
        ("*/*;q=0.1, text/event-stream", EVENT_STREAM),
        ("application/json;q=0", None),
        ("application/json;charset=latin1", None),
        ('application/json; Charset="UTF-8"; Q=0.5, text/event-stream;q=0.4', JSON),
        ("application/json;q=many", None),
        ("application/json;q=nan, text/event-stream;q=0.001", EVENT_STREAM),
        (",,,", None),
    ],
)
def test_offer_with_the_highest_quality_is_chosen(header: str | None, wanted: str | None) -> None:
    assert Accept(header).best(OFFERS) == wanted


@given(st.text())
def test_best_is_an_offer_or_none_for_any_header(header: str) -> None:
    accept = Accept(header)

    assert accept.best(OFFERS) in (*OFFERS, None)
    assert not (accept.names(EVENT_STREAM) and accept.best([EVENT_STREAM]) is None)


def test_event_stream_is_named_only_by_its_exact_type() -> None:
    assert Accept("application/json, text/event-stream;q=0.1").names(EVENT_STREAM)
    assert not Accept("*/*").names(EVENT_STREAM)
    assert not Accept("text/*").names(EVENT_STREAM)
    assert not Accept("text/event-stream;q=0").names(EVENT_STREAM)
