"""Fetches what an issuer publishes as JSON: its metadata and its keys.

By urllib in a thread: no redirect is followed, and size and time are bounded as a whole.
"""

import json
import time
import urllib.request
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError

TIMEOUT_S = 5.0
BYTES_MAX = 512 * 1024

_CHUNK_BYTES = 64 * 1024


class IssuerJsonUnavailable(Exception):
    """It could not be fetched; the message says why."""


def fetch_json(url: str, timeout_s: float = TIMEOUT_S) -> Any:
    """The JSON at a URL. Blocks; raises IssuerJsonUnavailable."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    deadline = time.monotonic() + timeout_s
    try:
        with _opener().open(request, timeout=timeout_s) as response:
            return json.loads(_read(response, deadline))
    except HTTPError as response:
        with response:
            raise IssuerJsonUnavailable(f"the answer was {response.code}") from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise IssuerJsonUnavailable(f"{type(error).__name__}: {error}") from error


def _opener() -> urllib.request.OpenerDirector:
    # Only http and https, and no redirect: build_opener would add file, ftp and redirects.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _read(response: HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK_BYTES):
        body += chunk
        if len(body) > BYTES_MAX:
            raise IssuerJsonUnavailable(f"more than {BYTES_MAX} bytes are published there")
        if time.monotonic() > deadline:
            raise TimeoutError("the answer trickles in too slowly")
    return bytes(body)
