"""The part of the domain about groups."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group import handlers
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    DissolveGroup,
    FormDraftingTeam,
    ProposeGroup,
    RecordGroup,
    RecordGroupReport,
    ReleaseFacilitator,
    RenameGroup,
    ResumeGroup,
    StateGroupWish,
    SuspendGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.refusals import LimitReached

_CHANGES = (DecisionRequired, GroupHasConcluded)

GROUP_PART = DomainPart(
    aggregates=(Group,),
    command_handlers=(
        CommandHandler(
            RecordGroup,
            handlers.record_group,
            (CapExceeded, DecisionRequired, UnknownGroupKind),
        ),
        CommandHandler(AppointFacilitator, handlers.appoint_facilitator, (*_CHANGES, LimitReached)),
        CommandHandler(ReleaseFacilitator, handlers.release_facilitator, _CHANGES),
        CommandHandler(RenameGroup, handlers.rename_group, _CHANGES),
        CommandHandler(SuspendGroup, handlers.suspend_group, (*_CHANGES, GroupNotEstablished)),
        CommandHandler(ResumeGroup, handlers.resume_group, _CHANGES),
        CommandHandler(ConcludeGroup, handlers.conclude_group, _CHANGES),
        CommandHandler(ProposeGroup, handlers.propose_group, (UnknownGroupKind, LimitReached)),
        CommandHandler(StateGroupWish, handlers.state_group_wish, (GroupHasConcluded,)),
        CommandHandler(
            FormDraftingTeam, handlers.form_drafting_team, (GroupHasConcluded, LimitReached)
        ),
        CommandHandler(
            RecordGroupReport,
            handlers.record_group_report,
            (GroupHasConcluded, GroupNotEstablished, LimitReached),
        ),
        CommandHandler(DissolveGroup, handlers.dissolve_group, (*_CHANGES, GroupNotEstablished)),
    ),
)
