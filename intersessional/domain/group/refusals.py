"""Refusals about groups."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class GroupHasConcluded(Refused):
    """The group has concluded."""

    code = "GROUP_CONCLUDED"
    sentence = "The group has concluded its work."
    group: UUID
    """The id of the group."""


class GroupNotEstablished(Refused):
    """The group was proposed, and no decision had established it then."""

    code = "GROUP_NOT_ESTABLISHED"
    sentence = "The group is proposed, and no decision has established it."
    group: UUID
    """The id of the group."""
