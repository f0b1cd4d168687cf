"""How commands about proposals are answered."""

from uuid import UUID

from intersessional.domain.act import Act, Role
from intersessional.domain.cycle.cycle import Cycle, GroupKind
from intersessional.domain.desk import Desk
from intersessional.domain.ids import cycle_id
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refused import ProposalFrozen
from intersessional.domain.proposal.template import TEMPLATE_VERSION
from intersessional.domain.proposal.writing import template, words
from intersessional.domain.refused import BadValue
from intersessional.domain.texts import NAME_MAX, optional_text, slug, text


async def moot_proposal(command: MootProposal, desk: Desk) -> UUID:
    """Answer MootProposal: MAG members propose (DOMAIN rows 10, 42)."""
    act = await desk.act_as(Role.MAG_MEMBER)
    cycle = await desk.load(Cycle, cycle_id(command.year))
    proposal = _put_forward(command, command.title, cycle, act, command.new_id, orally=True)
    desk.add(proposal)
    if command.meeting is not None:
        meeting = await desk.load(Meeting, command.meeting)
        proposal.record(Proposal.Presented, act=act, meeting_id=meeting.id)
    return proposal.id


async def submit_proposal(command: SubmitProposal, desk: Desk) -> UUID:
    """Answer SubmitProposal: the proposer is a MAG member at that instant (DOMAIN row 42)."""
    act = await desk.act_as(Role.MAG_MEMBER)
    cycle = await desk.load(Cycle, cycle_id(command.year))
    if command.proposal is not None:
        proposal = await _undecided(desk, command.proposal, command.expected_version)
    elif command.title is None:
        raise BadValue(field="title", problem="a proposal not mooted before needs one.")
    else:
        proposal = _put_forward(command, command.title, cycle, act, command.new_id, orally=False)
        desk.add(proposal)
    _write(proposal, command, cycle, act)
    return proposal.id


async def revise_proposal(command: ReviseProposal, desk: Desk) -> UUID:
    """Answer ReviseProposal: until it is decided."""
    act = await desk.act_as(Role.MAG_MEMBER)
    proposal = await _undecided(desk, command.proposal, command.expected_version)
    if proposal.revision == 0:
        raise BadValue(field="proposal", problem="it has not been submitted in writing yet.")
    _write(proposal, command, await desk.load(Cycle, proposal.cycle_id), act)
    return proposal.id


async def withdraw_proposal(command: WithdrawProposal, desk: Desk) -> UUID:
    """Answer WithdrawProposal: until it is decided."""
    act = await desk.act_as(Role.MAG_MEMBER)
    proposal = await _undecided(desk, command.proposal, command.expected_version)
    proposal.record(Proposal.Withdrawn, act=act, reason=optional_text("reason", command.reason))
    return proposal.id


async def _undecided(desk: Desk, id: UUID, expected: int | None) -> Proposal:
    proposal = await desk.load(Proposal, id, expected)
    if proposal.decided:
        raise ProposalFrozen(proposal=id, state=proposal.state)
    return proposal


def _put_forward(
    command: MootProposal | SubmitProposal,
    title: str,
    cycle: Cycle,
    act: Act,
    id: UUID,
    *,
    orally: bool,
) -> Proposal:
    if command.group_kind not in (GroupKind.BPF, GroupKind.CENB):
        raise BadValue(field="groupKind", problem="only BPFs and the CENB are proposed so.")
    return Proposal.begin(
        Proposal.PutForward,
        id=id,
        act=act,
        cycle_id=cycle.id,
        year=cycle.year,
        group_kind=command.group_kind,
        theme=None if command.theme is None else slug("theme", command.theme),
        title=text("title", title, NAME_MAX),
        is_new=command.is_new,
        year_reported=command.year_reported,
        phase=command.phase if isinstance(command, MootProposal) else None,
        orally=orally,
        merged_from=(),
    )


def _write(
    proposal: Proposal, command: SubmitProposal | ReviseProposal, cycle: Cycle, act: Act
) -> None:
    proposal.record(
        Proposal.Revised if proposal.revision else Proposal.Submitted,
        act=act,
        revision=proposal.revision + 1,
        template_version=TEMPLATE_VERSION,
        template=template(command.written, act),
        words=words(command.written),
        late=cycle.past_deadline(act.occurred),
    )
