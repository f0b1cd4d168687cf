"""Commands about kinds of group."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import group_kind_id


@dataclass(frozen=True, kw_only=True)
class DefineGroupKind(Command):
    """Define a kind of group, or change what applies to its groups from then on."""

    TOPIC = "group_kind.define"

    key: str
    """The key, in upper case, such as ``POLICY_NETWORK``."""
    name: str
    """The name of the kind; at most 300 bytes in UTF-8."""
    proposed: bool = False
    """Whether such groups are established from proposals."""
    capped_by: str | None = None
    """The key of the policy under whose cap they count; none: under no cap."""
    windowed: bool = False
    """Whether their drafts have a public comment window."""
    decision: UUID | None = None
    """The decision of the MAG; required for a change of a kind that there is."""

    @property
    def created_id(self) -> UUID:
        """The id of the kind: a key has one."""
        return group_kind_id(self.key)
