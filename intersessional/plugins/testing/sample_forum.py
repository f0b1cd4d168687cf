"""A small forum that tests begin with."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice, RecordDecision
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.group.commands import AppointFacilitator
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    GrantRole,
    RegisterParticipant,
)

_NAMESPACE = UUID("1c5d51a0-0000-5000-8000-000000002027")


@dataclass(frozen=True, kw_only=True)
class SampleForum:
    """A cycle with one group, its facilitator, a draft of two blocks and one comment on it."""

    year: int = 2027

    def id(self, name: str) -> UUID:
        """The id of something in this forum: the same each time."""
        return uuid5(_NAMESPACE, f"{self.year}/{name}")

    def caller(self, name: str) -> Caller:
        """A person who has signed in."""
        return Caller(person=self.id(name))

    @property
    def facilitator(self) -> Caller:
        """The facilitator of the group."""
        return self.caller("facilitator")

    @property
    def commenter(self) -> Caller:
        """The author of the comment."""
        return self.caller("commenter")

    @property
    def group(self) -> UUID:
        """The group."""
        return outcome_id(self.id("decide"), 1)

    @property
    def draft(self) -> UUID:
        """The draft, with the blocks b1 and b2."""
        return self._publish().derived_id

    @property
    def comment(self) -> UUID:
        """The comment on the draft as a whole."""
        return self._post().derived_id

    def commands(self) -> tuple[SentCommand, ...]:
        """The commands that record the forum, in order."""
        return (
            *self.introduce("chair"),
            *self.introduce("facilitator"),
            *self.introduce("commenter"),
            SentCommand(
                GrantRole(
                    command_id=self.id("grant"),
                    participant=self.id("chair"),
                    role=Role.MAG_CHAIR,
                    since=Occurred.parse("2005"),
                    reason="A sample has a Chair of its own.",
                )
            ),
            SentCommand(OpenCycle(command_id=self.id("open"), year=self.year)),
            SentCommand(self._decide()),
            SentCommand(
                AppointFacilitator(
                    command_id=self.id("appoint"),
                    group=self.group,
                    participant=self.id("facilitator"),
                    decision=self._decide().derived_id,
                )
            ),
            SentCommand(self._publish(), self.facilitator),
            SentCommand(self._post(), self.commenter),
        )

    def introduce(self, name: str) -> tuple[SentCommand, ...]:
        """The commands by which a person registers and accepts the code of conduct."""
        register = RegisterParticipant(command_id=self.id(f"register {name}"), display_name=name)
        accept = AcceptCodeOfConduct(command_id=self.id(f"accept {name}"), version=1)
        return SentCommand(register, self.caller(name)), SentCommand(accept, self.caller(name))

    def _decide(self) -> RecordDecision:
        group = Establish(kind="DYNAMIC_COALITION", name="A coalition")
        return RecordDecision(
            command_id=self.id("decide"),
            year=self.year,
            statement="A coalition is established.",
            rationale="It was asked for.",
            on_list=True,
            announced_by=self.id("chair"),
            outcomes=(OutcomeChoice(establish=group),),
        )

    def _publish(self) -> PublishDraft:
        blocks = WrittenBlock(text="One."), WrittenBlock(text="Two.")
        return PublishDraft(
            command_id=self.id("publish"), group=self.group, title="A draft", blocks=blocks
        )

    def _post(self) -> PostComment:
        return PostComment(command_id=self.id("post"), draft=self.draft, body="Well said.")
