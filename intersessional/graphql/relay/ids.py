"""Ids as clients send them."""

from uuid import UUID

from intersessional.graphql.request.context import BadRequest


def parse_id(text: str) -> UUID:
    """The id that a text stands for. Raises BadRequest."""
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest("BAD_ID", f"{text[:80]!r} is no id of this record.") from None
