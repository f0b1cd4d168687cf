"""The fields of a form with a file, in multipart/form-data (RFC 7578)."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from intersessional.infra.page.errors import ScreenError

MEDIA_TYPE = "multipart/form-data"
FIELDS_MAX = 20

BYTES_PER_TURN = 128 * 1024
"""Parsing so much takes some milliseconds."""

# Else each form that is none would be a line in the log.
logging.getLogger("python_multipart").setLevel(logging.ERROR)

_BOUNDARY = re.compile(r"boundary=(\"?)([\w'()+,./:=?-]{1,70})\1\s*(?:;|$)", re.ASCII)


async def multipart_fields(request: Request) -> dict[str, list[str]]:
    """The texts of each field, and of the one file, by their names. Raises ScreenError.

    All are read as UTF-8, whatever charset the sender names; bytes that are none become U+FFFD.
    """
    found = _BOUNDARY.search(request.headers.get("content-type", ""))
    if found is None:
        raise ScreenError(400, "BAD_FORM", "The form has no boundary between its fields.")
    headers = Headers({"content-type": f'{MEDIA_TYPE}; boundary="{found[2]}"'})
    parts = _in_turns(await request.body())
    parser = MultiPartParser(headers, parts, max_files=1, max_fields=FIELDS_MAX)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise ScreenError(400, "BAD_FORM", "The form cannot be read.") from error
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        text = await _content(value) if isinstance(value, UploadFile) else value
        # Lines end as they come back from a form in which the text is sent again.
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        fields.setdefault(name, []).append(lines)
    return fields


async def _in_turns(body: bytes) -> AsyncGenerator[bytes]:
    for start in range(0, len(body), BYTES_PER_TURN):
        yield body[start : start + BYTES_PER_TURN]
        await asyncio.sleep(0)


async def _content(file: UploadFile) -> str:
    content = await file.read()
    await file.close()
    return content.decode(errors="replace")
