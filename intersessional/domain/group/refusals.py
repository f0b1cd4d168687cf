"""Refusals about groups."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class GroupHasConcluded(Refused):
    """The group has concluded."""

    code = "GROUP_CONCLUDED"
    sentence = "The group has concluded its work."
    group: UUID
    """The id of the group."""
