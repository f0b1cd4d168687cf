"""Ids as clients send them."""

from uuid import UUID

from intersessional.graphql.request.context import BadRequest


def parse_id(text: str) -> UUID:
    """Parse an id. Raises BadRequest for a text that is none."""
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest("BAD_ID", f"{text[:80]!r} is not an id of this record.") from None
