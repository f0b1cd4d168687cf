"""Handlers of the commands about statements."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.handlers import meeting_in_session
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.rule.core_rules import PRACTICES_COLLECTED
from intersessional.domain.statement.commands import RecordStatement, WithdrawStatement
from intersessional.domain.statement.refusals import StatementOfAnother
from intersessional.domain.statement.statement import Statement

_RECORDERS = (Role.SECRETARIAT, Role.OPERATOR)
"""They record what others stated."""


async def record_statement(command: RecordStatement, context: CommandContext) -> UUID:
    """State something as a member of the MAG, or record a statement as the Secretariat.

    A concern about the scope flags the proposal (DOMAIN row 21).
    """
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
    _check_author(command, act)
    proposal = await context.load(Proposal, command.proposal)
    if command.meeting is not None:
        await meeting_in_session(context, command.meeting, proposal.cycle_id)
    statement = Statement.make(
        act,
        id=command.derived_id,
        proposal=proposal,
        revision=command.revision,
        stance=command.stance,
        text=command.text,
        raises_scope_concern=command.raises_scope_concern,
        author=None if command.author is None else await context.load(Participant, command.author),
        author_name=command.author_name,
        meeting_id=command.meeting,
        source=command.source,
    )
    context.add(statement)
    if command.raises_scope_concern:
        context.deviate(
            PRACTICES_COLLECTED,
            act,
            subject=proposal.id,
            cycle_id=proposal.cycle_id,
            facts={"revision": command.revision, "statement": statement.id},
        )
    return statement.id


async def withdraw_statement(command: WithdrawStatement, context: CommandContext) -> UUID:
    """Withdraw a statement, as who made it, or record it as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
    statement = await context.load(Statement, command.statement, command.expected_version)
    if act.actor.role not in _RECORDERS:
        author = statement.author
        if isinstance(author, Sealed):
            revealed = (await context.reveal([author])).get(author)
            author = None if revealed is None else UUID(revealed)
        if author is None or author != act.actor.person:
            raise StatementOfAnother(statement=statement.id)
    statement.withdraw(act, reason=command.reason)
    return statement.id


def _check_author(command: RecordStatement, act: Act) -> None:
    """Check that a member speaks for themselves, and a recorder names who did. Raises BadValue."""
    named = command.author is not None or command.author_name is not None
    if act.actor.role not in _RECORDERS:
        if named:
            problem = "only the Secretariat records what somebody else stated."
            raise BadValue(field="author", problem=problem)
        return
    if command.author is not None and command.author_name is not None:
        raise BadValue(field="author_name", problem="name a participant or give a name, not both.")
    if act.provenance.historical:
        return
    if not named:
        raise BadValue(field="author", problem="name who stated it.")
    if command.source is None and command.meeting is None:
        raise BadValue(field="source", problem="say where it was stated.")
