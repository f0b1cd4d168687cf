"""The fields of a form that was sent."""

import asyncio
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from intersessional.infra.page.errors import ScreenError

FIELDS_MAX = 1_000
BYTES_PER_TURN = 16 * 1024
"""Unescaping so much takes some milliseconds."""
MEDIA_TYPE = "application/x-www-form-urlencoded"


async def form_fields(request: Request) -> dict[str, list[str]]:
    """The texts of each field, by its name (URL Standard §5.1). Raises ScreenError.

    Multipart is read of forms with a file alone (``multipart_fields``).
    """
    body = await request.body()
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and media != MEDIA_TYPE:
        message = f"A form is sent as {MEDIA_TYPE}."
        raise ScreenError(415, "UNSUPPORTED_MEDIA_TYPE", message)
    if body.count(b"&") >= FIELDS_MAX:
        message = f"A form has at most {FIELDS_MAX} fields."
        raise ScreenError(400, "TOO_MANY_FIELDS", message, facts={"max": FIELDS_MAX})
    fields: dict[str, list[str]] = {}
    turn_bytes = 0
    for pair in body.split(b"&"):
        turn_bytes += len(pair)
        if turn_bytes > BYTES_PER_TURN:
            await asyncio.sleep(0)
            turn_bytes = len(pair)
        name, _, value = pair.partition(b"=")
        if pair:
            text = await _unescaped(value)
            # Browsers send line ends as CR LF (HTML, constructing the entry list).
            fields.setdefault(await _unescaped(name), []).append(text.replace("\r\n", "\n"))
    return fields


async def _unescaped(text: bytes) -> str:
    """A name or a value; others have a turn after each part of a long one."""
    parts, start = list[bytes](), 0
    while start < len(text):
        if start:
            await asyncio.sleep(0)
        end = start + BYTES_PER_TURN
        escape = text.rfind(b"%", end - 2, end)
        if 0 <= escape < len(text) - 2:
            # It is not cut.
            end = escape
        parts.append(unquote_to_bytes(text[start:end].replace(b"+", b" ")))
        start = end
    return b"".join(parts).decode(errors="replace")
