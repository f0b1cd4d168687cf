"""Refusals about memberships."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class MembershipHasEnded(Refused):
    """The member has left the group already."""

    code = "MEMBERSHIP_ENDED"
    sentence = "The member has left the group already."
    membership: UUID
    """The id of the membership."""


class NotTheMember(Refused):
    """Only the member uses or ends a membership; the Secretariat records that they ended it."""

    code = "NOT_THE_MEMBER"
    sentence = "It is the membership of somebody else."
    membership: UUID
    """The id of the membership."""
