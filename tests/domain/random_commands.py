"""Commands of random histories: mostly sensible, sometimes to be refused.

Hypothesis draws a seed for each; what the command has comes from that seed, for a choice that
Hypothesis draws costs more than most commands.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.passage import QuotedPassage
from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Defer,
    Establish,
    Merge,
    OutcomeChoice,
    Redirect,
)
from intersessional.domain.decision.decision import Decision
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.commands import AppointFacilitator, ReleaseFacilitator
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.aggregate import CreatedEvent, DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.commands import EndRole, GrantRole
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.proposal.commands import ReviseProposal, WithdrawProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.redirect_target import RedirectTarget
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    OTHER_COMMENTER,
    OTHER_MEMBER,
    SECRETARIAT,
    in_the_name_of,
)
from tests.domain.group_scenarios import post
from tests.domain.scenarios import ASSESSMENT, MEETING, WRITTEN, decide, moot, named, submit

T = TypeVar("T")

_STAFF = (SECRETARIAT, CHAIR, MEMBER, OTHER_MEMBER)
_EVERYONE = (*_STAFF, FACILITATOR, COMMENTER, OTHER_COMMENTER, OPERATOR)
_TIMES = ("2015", "2016-06", "2017", "2018-01-01", "2018-02", "2018-04-04", "2019", "2020-05")
_ROLES = (Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)
_IMPORTED = Provenance(Ground.IMPORTED)

_PASSAGE = QuotedPassage(block="b1", start=0, end=4, quote="Para")


class RandomCommands:
    """Draws a command that fits the events so far."""

    def __init__(self, random: Random, happened: Sequence[DomainEvent]) -> None:
        self._random = random
        self._begun = [event for event in happened if isinstance(event, CreatedEvent)]

    def something(self) -> SentCommand:
        """Any command."""
        return self._one(_COMMANDS)(self)

    def moot(self) -> SentCommand:
        kind = self._one(["BPF", "BPF", "CENB"])
        return self._mostly([MEMBER, OTHER_MEMBER], _STAFF).sends(
            moot(self._name(), group_kind=kind)
        )

    def submit(self) -> SentCommand:
        written = self._mostly([WRITTEN], [named(True), named(False, False)])
        mooted = self._maybe(Proposal)
        overrides: dict[str, Any] = {} if mooted is None else {"proposal": mooted, "title": None}
        return self._one([MEMBER, OTHER_MEMBER]).sends(
            submit(self._name(), written=written, **overrides)
        )

    def revise_proposal(self) -> SentCommand:
        written = self._mostly([WRITTEN, named(True, True, False)], [named(False, False)])
        id, proposal = self._id(), self._of(Proposal)
        return MEMBER.sends(ReviseProposal(command_id=id, proposal=proposal, written=written))

    def withdraw_proposal(self) -> SentCommand:
        id, proposal = self._id(), self._of(Proposal)
        return self._mostly([MEMBER], _EVERYONE).sends(
            WithdrawProposal(command_id=id, proposal=proposal)
        )

    def decide(self) -> SentCommand:
        outcomes = [self._outcome() for _ in range(self._mostly([1, 2], [3, 4]))]
        on_list = self._mostly([False], [True])
        overrides: dict[str, Any] = {
            "rationale": self._mostly(["It is ripe."], [None]),
            "assessment": self._mostly([ASSESSMENT.derived_id], [None]),
            "announced_by": self._mostly([CHAIR.id], [SECRETARIAT.id, MEMBER.id, None]),
            "meeting": None if on_list else self._mostly([MEETING], [None]),
            "on_list": on_list,
        }
        if self._mostly([False], [True]):
            overrides |= {"provenance": _IMPORTED, "occurred": Occurred.parse("2018-04-04")}
            person = self._one([OPERATOR, in_the_name_of(CHAIR)])
        else:
            person = self._mostly([CHAIR, SECRETARIAT], [MEMBER])
        return person.sends(decide(self._name(), *outcomes, **overrides))

    def revise_draft(self) -> SentCommand:
        ids = [None, *self._some(["b1", "b2", "b3", "b4", None])]
        blocks = tuple(WrittenBlock(text="Text.", id=id) for id in ids)
        command = ReviseDraft(command_id=self._id(), draft=self._of(Draft), blocks=blocks)
        return self._mostly([FACILITATOR, SECRETARIAT], [COMMENTER]).sends(command)

    def comment(self) -> SentCommand:
        overrides = {
            "draft": self._of(Draft),
            "blocks": tuple(dict.fromkeys(self._some(["b1", "b2", "b4"]))),
            "revision": self._mostly([None, 1], [2, 3]),
            "in_reply_to": self._maybe(Comment),
            "passages": self._mostly([(), (_PASSAGE,)], [(replace(_PASSAGE, quote="Other"),)]),
        }
        person = self._mostly([COMMENTER, OTHER_COMMENTER, MEMBER], [OPERATOR])
        return person.sends(post(str(self._id()), **overrides))

    def withdraw_comment(self) -> SentCommand:
        command = WithdrawComment(command_id=self._id(), comment=self._of(Comment))
        return self._one([COMMENTER, OTHER_COMMENTER]).sends(command)

    def grant(self) -> SentCommand:
        since, until = self._one(_TIMES), self._one([None, *_TIMES])
        command = GrantRole(
            command_id=self._id(),
            participant=self._one([COMMENTER, FACILITATOR, *_STAFF]).id,
            role=self._one(_ROLES),
            since=Occurred.parse(since),
            until=None if until is None else Occurred.parse(until),
        )
        return self._one([SECRETARIAT, OPERATOR]).sends(command)

    def end(self) -> SentCommand:
        command = EndRole(
            command_id=self._id(),
            participant=self._one(_STAFF).id,
            role=self._one(_ROLES),
            until=Occurred.parse(self._one(_TIMES)),
        )
        return OPERATOR.sends(command)

    def appoint(self) -> SentCommand:
        id, group, person = self._id(), self._of(Group), self._one(_EVERYONE[:-1]).id
        kind = self._one([AppointFacilitator, AppointFacilitator, ReleaseFacilitator])
        decision = self._of(Decision)
        return SECRETARIAT.sends(
            kind(command_id=id, group=group, participant=person, decision=decision)
        )

    def _outcome(self) -> OutcomeChoice:
        proposal = self._of(Proposal)
        others = {self._of(Proposal) for _ in range(self._mostly([1], [0, 2]))}
        proposals = (proposal, *sorted(others - {proposal}))
        return self._one(
            [
                OutcomeChoice(set_policy=SetPolicy(key=BPF_CAP, value=self._one(range(5)))),
                OutcomeChoice(approve=Approve(proposal=proposal, group_name="A forum")),
                OutcomeChoice(approve=Approve(proposal=proposal, group_name="A forum")),
                OutcomeChoice(approve=Approve(proposal=proposal, group_name="A forum")),
                OutcomeChoice(decline=Decline(proposal=proposal)),
                OutcomeChoice(defer=Defer(proposal=proposal)),
                OutcomeChoice(redirect=Redirect(proposal=proposal, to=RedirectTarget.NRI)),
                OutcomeChoice(
                    merge=Merge(
                        proposals=proposals, title="Both", proposers_agreed=self._one([True, None])
                    )
                ),
                OutcomeChoice(establish=Establish(kind="WORKING_GROUP", name="A group")),
            ]
        )

    def _one(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    def _mostly(self, sensible: Sequence[T], others: Sequence[T]) -> T:
        return self._one(others if self._one(range(8)) == 7 else sensible)

    def _some(self, of: Sequence[T]) -> list[T]:
        return self._random.choices(of, k=self._random.randrange(5))

    def _of(self, kind: type) -> UUID:
        return self._one([event.originator_id for event in self._begun if _is(event, kind)])

    def _maybe(self, kind: type) -> UUID | None:
        ids = [event.originator_id for event in self._begun if _is(event, kind)]
        return self._one([None, *ids])

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128))

    def _name(self) -> str:
        return str(self._id())


_COMMANDS: Sequence[Callable[[RandomCommands], SentCommand]] = (
    RandomCommands.moot,
    RandomCommands.submit,
    RandomCommands.submit,
    RandomCommands.revise_proposal,
    RandomCommands.withdraw_proposal,
    RandomCommands.decide,
    RandomCommands.decide,
    RandomCommands.decide,
    RandomCommands.revise_draft,
    RandomCommands.comment,
    RandomCommands.withdraw_comment,
    RandomCommands.grant,
    RandomCommands.end,
    RandomCommands.appoint,
)


def _is(event: DomainEvent, kind: type) -> bool:
    return type(event) in _members(kind)


@cache
def _members(kind: type) -> frozenset[type]:
    return frozenset(member for member in vars(kind).values() if isinstance(member, type))


def something(random: Random, happened: Sequence[DomainEvent]) -> SentCommand:
    """A command that fits the events so far."""
    return RandomCommands(random, happened).something()
