"""Ids of comment windows."""

from uuid import UUID, uuid5


def window_id(group: UUID, cycle: UUID) -> UUID:
    """The one comment window of a group in a cycle."""
    return uuid5(group, f"comment-window:{cycle}")
