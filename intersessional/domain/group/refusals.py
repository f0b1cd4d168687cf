"""Refusals about groups."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class GroupHasConcluded(Refused):
    """A concluded group does no more work."""

    code = "GROUP_CONCLUDED"
    sentence = "The group has concluded its work."
    group: UUID
    """The id of the group."""
