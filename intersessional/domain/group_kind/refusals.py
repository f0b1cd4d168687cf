"""Refusals about kinds of group."""

from intersessional.domain.kernel.refusals import Refused


class UnknownGroupKind(Refused):
    """The record did not know this kind of group at that time."""

    code = "UNKNOWN_GROUP_KIND"
    sentence = "There was no kind of group {key} at that time; define it first."
    key: str
    """The key of the kind."""
