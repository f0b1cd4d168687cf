"""Commands about the template of proposals."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import template_id
from intersessional.domain.template.template_part import WrittenPart

PROPOSAL_TEMPLATE = "proposal"
"""The key of the template of proposals."""


@dataclass(frozen=True, kw_only=True)
class PublishTemplate(Command):
    """Publish a version of the template of proposals: later proposals are checked against it."""

    TOPIC = "template.publish"

    version: str
    """The name of the version: lower-case letters, digits, dots and hyphens."""
    parts: tuple[WrittenPart, ...]
    """Its parts, in order."""

    @property
    def created_id(self) -> UUID:
        """The id of the one template of proposals."""
        return template_id(PROPOSAL_TEMPLATE)
