"""Ids as clients send them."""

from uuid import UUID

from intersessional.graphql.context import Wrong


def known_id(text: str) -> UUID:
    """The id that a text stands for. Raises Wrong."""
    try:
        return UUID(text)
    except ValueError:
        raise Wrong("BAD_ID", f"{text[:80]!r} is no id of this record.") from None
