"""Commands about the code of conduct."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import code_of_conduct_id


@dataclass(frozen=True, kw_only=True)
class PublishCodeOfConduct(Command):
    """Publish a version of the code of conduct: everyone accepts it before they contribute again.

    What was contributed before stays.
    """

    TOPIC = "code_of_conduct.publish"

    version: int
    """The number of the version, which `acceptCodeOfConduct` names."""
    text: str | None = None
    """Its text; at most 20,000 bytes in UTF-8."""
    source: str | None = None
    """The key of the source that has its text."""

    @property
    def created_id(self) -> UUID:
        """The id of the one code of conduct."""
        return code_of_conduct_id()
