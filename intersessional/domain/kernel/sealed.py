"""Sealed texts: free text and personal data, and whether it can be erased."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Sealed:
    """Free text or personal data: the event holds a commitment, an opening holds the text.

    A new event has the ``value``. An event from the log has the commitment (``sealed``, hex)
    instead; the text is in the openings until it is erased. One object is one text: where several
    events of one append hold the same object, the first one seals it and the others name it.
    """

    value: str | None = field(default=None, repr=False)
    """Not in the repr: that may come into a log, and a text in a log is never closed or erased."""
    sealed: str | None = None


class Retention(Enum):
    """Whether the text of an event's field can be erased (ADR 0004)."""

    ERASABLE = "ERASABLE"
    """A remark, what was said at a meeting, a text of a proposal or a draft, a person's name."""
    PERMANENT = "PERMANENT"
    """The words of a public act, or a title."""


Erasable = Annotated[Sealed, Retention.ERASABLE]
"""Words that may name or be about a person: their text can be erased.

A remark, a comment, what was said at a meeting, the text of a proposal or a draft, or the name of a
person or an organisation.
"""

Permanent = Annotated[Sealed, Retention.PERMANENT]
"""The words of a public act or a title: their text is never erased.

A decision or a policy, the reason of a public act, the name of a group, or the title of a proposal
or a draft.
"""
