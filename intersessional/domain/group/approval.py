"""The approval of a group, before which it does not work (DOMAIN row 35)."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.rule.core_rules import WORK_AFTER_APPROVAL


def check_approved(
    context: CommandContext, act: Act, group: Group, worked: Occurred, *, subject: UUID
) -> None:
    """Deviate if the group is only proposed, or certainly worked before it was established.

    Raises OverrideRequired.

    ``subject`` is the meeting or the draft.
    """
    if not (group.is_proposed or group.is_before_approval(worked)):
        return
    established = group.established_by
    context.deviate(
        WORK_AFTER_APPROVAL,
        act,
        subject=subject,
        cycle_id=group.at(worked).cycle_id,
        group_id=group.id,
        facts={
            "worked": worked.at,
            "established": None if established is None else established.occurred.at,
        },
    )
