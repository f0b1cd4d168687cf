"""How commands about proposals are answered."""

from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle, GroupKind
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import name, validated_optional_text, validated_slug
from intersessional.domain.meeting.handlers import at_meeting
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen
from intersessional.domain.proposal.template import TEMPLATE_VERSION
from intersessional.domain.proposal.writing import shown, template, words

_NTH_MAX = 100


async def moot_proposal(command: MootProposal, context: CommandContext) -> UUID:
    """Answer MootProposal: MAG members propose (DOMAIN rows 10, 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    proposal = _put_forward(command, command.title, cycle, act, orally=True)
    context.add(proposal)
    if command.meeting is not None:
        meeting = await at_meeting(context, command.meeting, cycle.id)
        proposal.record(Proposal.Presented, act=act, meeting_id=meeting.id)
    return proposal.id


async def submit_proposal(command: SubmitProposal, context: CommandContext) -> UUID:
    """Answer SubmitProposal: the proposer is a MAG member at that instant (DOMAIN row 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if command.proposal is not None:
        proposal = await _mooted(command, command.proposal, cycle, context)
    elif command.title is None:
        raise BadValue(field="title", problem="a proposal not mooted before needs one.")
    else:
        proposal = _put_forward(command, command.title, cycle, act, orally=False)
        context.add(proposal)
    _write(proposal, command, cycle, act)
    return proposal.id


async def revise_proposal(command: ReviseProposal, context: CommandContext) -> UUID:
    """Answer ReviseProposal: until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await _undecided(context, command.proposal, command.expected_version)
    if proposal.revision == 0:
        raise BadValue(field="proposal", problem="it has not been submitted in writing yet.")
    _write(proposal, command, await context.load(Cycle, proposal.cycle_id), act)
    return proposal.id


async def withdraw_proposal(command: WithdrawProposal, context: CommandContext) -> UUID:
    """Answer WithdrawProposal: until it is decided, and for good; so its proposers may."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await _undecided(context, command.proposal, command.expected_version)
    proposers = await _proposers(context, proposal)
    if proposers and act.actor.person not in (*proposers, None):
        raise NotAProposer(proposal=proposal.id)
    proposal.record(
        Proposal.Withdrawn, act=act, reason=validated_optional_text("reason", command.reason)
    )
    return proposal.id


async def _undecided(context: CommandContext, id: UUID, expected: int | None) -> Proposal:
    proposal = await context.load(Proposal, id, expected)
    if proposal.decided:
        raise ProposalFrozen(proposal=id, state=proposal.state)
    return proposal


async def _mooted(
    command: SubmitProposal, id: UUID, cycle: Cycle, context: CommandContext
) -> Proposal:
    """The proposal that was mooted before: what it is about has been told already."""
    for field in ("title", "theme", "year_reported", "phase"):
        if getattr(command, field) is not None:
            raise BadValue(field=shown(field), problem="it was told when it was mooted.")
    proposal = await _undecided(context, id, command.expected_version)
    if proposal.cycle_id != cycle.id:
        raise BadValue(field="year", problem="the proposal belongs to another cycle.")
    return proposal


async def _proposers(context: CommandContext, proposal: Proposal) -> frozenset[UUID]:
    """Who put it forward, or what it was made from; none where sources do not tell."""
    if proposal.merged_from:
        sources = [await context.load(Proposal, id) for id in proposal.merged_from]
        return frozenset[UUID]().union(*[await _proposers(context, source) for source in sources])
    person = proposal.act.actor.person
    return frozenset([person] if isinstance(person, UUID) else ())


def _put_forward(
    command: MootProposal | SubmitProposal, title: str, cycle: Cycle, act: Act, *, orally: bool
) -> Proposal:
    if command.group_kind not in (GroupKind.BPF, GroupKind.CENB):
        raise BadValue(field="groupKind", problem="only BPFs and the CENB are proposed so.")
    return Proposal.begin(
        Proposal.PutForward,
        id=command.new_id,
        act=act,
        cycle_id=cycle.id,
        year=cycle.year,
        group_kind=command.group_kind,
        theme=None if command.theme is None else validated_slug("theme", command.theme),
        title=name("title", title),
        is_new=command.is_new,
        year_reported=optional_bounded_int("yearReported", command.year_reported, 1, _NTH_MAX),
        phase=optional_bounded_int("phase", command.phase, 1, _NTH_MAX),
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
