"""Ids as clients send them."""

import re
from uuid import UUID

from intersessional.graphql.request.context import BadRequest

_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def uuid_of(text: str) -> UUID:
    """The UUID of a text in the form of RFC 9562 §4, without braces and prefixes.

    Raises ValueError for another text. The API writes letters small.
    """
    if _FORM.fullmatch(text) is None:
        raise ValueError("not a UUID")
    return UUID(text)


def parse_id(text: str) -> UUID:
    """Parse an id. Raises BadRequest for a text that is none."""
    try:
        return uuid_of(text)
    except ValueError:
        raise BadRequest("BAD_ID", f"{text[:80]!r} is not an id of this record.") from None
