"""Handlers of the commands about proposals."""

from collections.abc import Mapping
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group_kind.handlers import load_kind_rules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.addition import (
    add_consent,
    add_presentation,
    add_theme,
    check_written,
)
from intersessional.domain.proposal.co_facilitators import mag_members_among
from intersessional.domain.proposal.commands import (
    ConsentToRevision,
    GiveTheme,
    MootProposal,
    PresentProposal,
    ReviseProposal,
    SplitProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.deviations import flag_text, flag_time
from intersessional.domain.proposal.division import split
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails
from intersessional.domain.proposal.proposal_section import CO_FACILITATORS_MAX
from intersessional.domain.proposal.submission import submit
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.template.handlers import template_in_force


async def moot_proposal(command: MootProposal, context: CommandContext) -> UUID:
    """Put a proposal forward orally, as a MAG member (DOMAIN rows 10, 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await _check_kind(context, act, command.group_kind)
    proposal = Proposal.put_forward(
        act,
        id=command.derived_id,
        cycle=cycle,
        details=_details(command),
        # A source that names no meeting does not say how it was put forward.
        orally=None if act.provenance.historical and command.meeting is None else True,
        proposers=_proposers(act),
    )
    context.add(proposal)
    if command.meeting is not None:
        await _present(context, act, proposal, command.meeting, command.presenter)
    elif command.presenter is not None:
        raise BadValue(field="presenter", problem="name the meeting too.")
    return proposal.id


async def submit_proposal(command: SubmitProposal, context: CommandContext) -> UUID:
    """Submit a mooted or new proposal, as a MAG member (DOMAIN row 42)."""
    act = await context.act_as(Role.MAG_MEMBER)
    cycle = await context.load(Cycle, cycle_id(command.year))
    details = _details(command)
    if command.proposal is None:
        await _check_kind(context, act, command.group_kind)
        proposal = Proposal.put_forward(
            act,
            id=command.derived_id,
            cycle=cycle,
            details=details,
            orally=False,
            proposers=_proposers(act),
        )
        context.add(proposal)
    else:
        details.check_mooted()
        proposal = await context.load(Proposal, command.proposal, command.expected_version)
        if command.theme is not None:
            add_theme(proposal, act, command.theme)
    await _write(context, act, proposal, cycle, command.written)
    return proposal.id


async def revise_proposal(command: ReviseProposal, context: CommandContext) -> UUID:
    """Revise a written proposal, as a MAG member, until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    check_written(proposal, act)
    cycle = await context.load(Cycle, proposal.cycle_id)
    await _write(context, act, proposal, cycle, command.written)
    return proposal.id


async def present_proposal(command: PresentProposal, context: CommandContext) -> UUID:
    """Record a presentation at a meeting, as a MAG member or the Secretariat."""
    act = await context.act_as(Role.MAG_MEMBER, Role.SECRETARIAT)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    await _present(context, act, proposal, command.meeting, command.presenter)
    return proposal.id


async def give_theme(command: GiveTheme, context: CommandContext) -> UUID:
    """Name the theme of a proposal, as a proposer or a member with a proposer's consent."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    add_theme(proposal, act, command.theme)
    return proposal.id


async def consent_to_revision(command: ConsentToRevision, context: CommandContext) -> UUID:
    """Record a proposer's consent, as the proposer; or as the Secretariat, with its source."""
    act = await context.act_as(Role.MAG_MEMBER, Role.SECRETARIAT)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    member = await context.load(Participant, command.member)
    proposer = command.proposer
    if act.actor.role is Role.MAG_MEMBER:
        if proposer not in (None, context.caller.person):
            raise BadValue(field="proposer", problem="a proposer consents in their own name.")
        proposer = context.caller.person
    elif command.source is None and not act.provenance.sources:
        raise BadValue(field="source", problem="say where the proposer gave the consent.")
    if proposer is None:
        raise BadValue(field="proposer", problem="name the proposer who consented.")
    await context.check_spoken_for(proposer)
    add_consent(proposal, act, proposer_id=proposer, member_id=member.id, source=command.source)
    return proposal.id


async def split_proposal(command: SplitProposal, context: CommandContext) -> UUID:
    """Split the sender's own proposal into several, until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    cycle = await context.load(Cycle, proposal.cycle_id)
    for part in split(
        proposal,
        act,
        cycle=cycle,
        parts=command.parts,
        command=command.command_id,
        reason=command.reason,
    ):
        context.add(part)
    return proposal.id


async def withdraw_proposal(command: WithdrawProposal, context: CommandContext) -> UUID:
    """Withdraw the sender's own proposal, until it is decided."""
    act = await context.act_as(Role.MAG_MEMBER)
    proposal = await context.load(Proposal, command.proposal, command.expected_version)
    proposal.withdraw(act, command.reason)
    return proposal.id


async def _check_kind(context: CommandContext, act: Act, key: str) -> None:
    """Check that groups of a kind are proposed. Raises UnknownGroupKind, BadValue."""
    rules = await load_kind_rules(context, key, act.occurred)
    if not rules.proposed:
        raise BadValue(field="group_kind", problem="groups of this kind are not proposed.")


async def _write(
    context: CommandContext, act: Act, proposal: Proposal, cycle: Cycle, written: WrittenProposal
) -> None:
    named = [one.participant for one in written.co_facilitators if one.participant is not None]
    template = await template_in_force(context)
    submit(
        proposal,
        act,
        cycle=cycle,
        written=written,
        template=template,
        mag_members=await mag_members_among(context, named[:CO_FACILITATORS_MAX], act),
        earlier=await _earlier_texts(context, proposal.at(act.occurred)),
    )
    flag_time(context, act, proposal, cycle)
    flag_text(context, act, proposal, written, template)


async def _earlier_texts(context: CommandContext, proposal: Proposal) -> Mapping[str, Sealed]:
    """The texts of the last revision that can be read, with what each is sealed as."""
    if proposal.written is None:
        return {}
    sealed = proposal.written.texts
    texts = await context.reveal(sealed)
    return {texts[one]: one for one in sealed if one in texts}


async def _present(
    context: CommandContext, act: Act, proposal: Proposal, meeting: UUID, presenter: UUID | None
) -> None:
    await meeting_in_session(context, meeting, proposal.cycle_id)
    if presenter is not None:
        await context.load(Participant, presenter)
    add_presentation(proposal, act, meeting, presenter)


def _proposers(act: Act) -> tuple[UUID, ...]:
    """The person who acts; nobody where the operator does, as no source names the proposers."""
    return (act.actor.person,) if isinstance(act.actor.person, UUID) else ()


def _details(command: MootProposal | SubmitProposal) -> ProposalDetails:
    return ProposalDetails(
        title=command.title,
        group_kind=command.group_kind,
        theme=command.theme,
        is_new=command.is_new,
        year_reported=command.year_reported,
        phase=command.phase,
    )
