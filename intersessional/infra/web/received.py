"""Reads what a client asks for out of an HTTP request."""

import asyncio

from starlette.requests import Request

from intersessional.graphql.context import Wrong
from intersessional.infra.web.asked import Asked
from intersessional.infra.web.media import JSON
from intersessional.infra.web.refused import HttpRefused

BODY_S = 30.0
"""How long the body of a request may take to arrive."""

POSITION_DIGITS_MAX = 16


async def read_request(request: Request) -> Asked:
    """What a GET, HEAD or POST asks for. Raises HttpRefused."""
    try:
        if request.method != "POST":
            return Asked.from_url(request.query_params)
        _check_type(request.headers.get("content-type"))
        async with asyncio.timeout(BODY_S):
            body = await request.body()
        return Asked.from_body(body)
    except Wrong as wrong:
        code = (wrong.extensions or {})["code"]
        raise HttpRefused(400, code, wrong.message) from None
    except TimeoutError:
        raise HttpRefused(408, "TOO_SLOW", "The request did not arrive in time.") from None


def _check_type(header: str | None) -> None:
    """A page of another site can send no JSON before it was asked whether it may."""
    media, *parameters = (part.strip().lower() for part in (header or "").split(";"))
    given = dict(part.split("=", 1) for part in parameters if "=" in part)
    if media != JSON or given.get("charset", "utf-8").strip('"') not in ("utf-8", "utf8"):
        raise HttpRefused(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "The Content-Type of a request is application/json, in UTF-8.",
            {"Accept-Post": JSON},
        )


def last_event_id(request: Request) -> int | None:
    """The position a stream of events goes on after, as its reader quotes it. Raises HttpRefused.

    Browsers do so by themselves with the id of the last event they had.
    """
    text = request.headers.get("last-event-id")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= POSITION_DIGITS_MAX):
        raise HttpRefused(400, "BAD_REQUEST", "Last-Event-ID is a position.")
    return int(text)
