"""Scenario of a cycle with its chair, its groups and its annual meeting."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from intersessional.domain.annual_meeting.commands import (
    CancelAnnualMeeting,
    ConfirmAnnualMeeting,
    CorrectAnnualMeeting,
    RescheduleAnnualMeeting,
)
from intersessional.domain.comment.attribution import Channel, OriginalSpeaker
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import (
    Establish,
    OutcomeChoice,
    RecordDecision,
)
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Citation, Ground, Provenance, Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    GrantRole,
    RegisterParticipant,
)
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.domain.rule.override import Override
from intersessional.plugins.comment_window.commands import (
    RecordWindowClosing,
    RecordWindowOpening,
)
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS
from intersessional.plugins.testing import RunningSystem

LONG_AGO = Occurred.parse("2005")
IMPORTED = Provenance(Ground.IMPORTED, (Citation("minutes"),))
OTHER_WEEKS = Override(rule="WINDOW_WEEKS_SHARED", rationale="The year is short.")
ELSEWHERE = OriginalSpeaker(speaker="Someone", source="The minutes.")


@dataclass(kw_only=True)
class PluginScenario:
    """One cycle, whose commands happen now or at ``occurred``."""

    system: RunningSystem
    year: int = 2027
    kind: str = "DYNAMIC_COALITION"
    drafted: bool = False
    """Whether each group publishes a draft when it is established."""
    provenance: Provenance | None = None
    occurred: Occurred | None = None
    chair: UUID = field(default_factory=uuid4)

    def at(self, occurred: str, provenance: Provenance = IMPORTED) -> "PluginScenario":
        """The same cycle, with commands of another time."""
        return PluginScenario(
            system=self.system,
            year=self.year,
            kind=self.kind,
            drafted=self.drafted,
            chair=self.chair,
            occurred=Occurred.parse(occurred),
            provenance=provenance,
        )

    async def begin(self) -> "PluginScenario":
        """Open the cycle, with a chair."""
        await self.person(self.chair)
        await self.system.submit(
            GrantRole(
                command_id=uuid4(),
                participant=self.chair,
                role=Role.MAG_CHAIR,
                since=LONG_AGO,
                reason="Each scenario has a Chair of its own.",
            )
        )
        await self.system.submit(
            OpenCycle(
                command_id=uuid4(),
                year=self.year,
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )
        return self

    async def person(self, id: UUID) -> Caller:
        """A signed-in person who has accepted the code of conduct."""
        await self.system.submit(RegisterParticipant(command_id=uuid4()), Caller(person=id))
        await self.system.submit(
            AcceptCodeOfConduct(command_id=uuid4(), version=1), Caller(person=id)
        )
        return Caller(person=id)

    def decision(self, *groups: str, weeks: int | None = None) -> RecordDecision:
        """A decision that establishes groups, or sets the weeks before the meeting, or both."""
        kind, key = self.kind, COMMENT_WINDOW_WEEKS
        outcomes = [OutcomeChoice(establish=Establish(kind=kind, name=name)) for name in groups]
        if weeks is not None:
            outcomes.insert(0, OutcomeChoice(set_policy=SetPolicy(key=key, value=weeks)))
        return RecordDecision(
            command_id=uuid4(),
            year=self.year,
            statement="So it was decided.",
            rationale="Because.",
            on_list=True,
            announced_by=self.chair,
            outcomes=tuple(outcomes),
            occurred=self.occurred,
            provenance=self.provenance,
            overrides=() if weeks in (None, DEFAULT_WEEKS) else (OTHER_WEEKS,),
        )

    async def mandate(self) -> UUID:
        """Decide something on which the operator can act; answers the decision's id."""
        return (await self.system.submit(self.decision())).subject

    async def establish(self, *names: str, weeks: int | None = None) -> list[UUID]:
        """Establish groups in one decision; answers their ids."""
        before = await self.system.backend.record.head()
        await self.system.submit(self.decision(*names, weeks=weeks))
        events = await self.system.events("group.established", after=before)
        groups = [event.stream for event in events if isinstance(event.event, Group.Established)]
        for group in groups if self.drafted else ():
            await self.draft(group)
        return groups

    async def weeks(self, weeks: int) -> int:
        """Decide how many weeks before the meeting windows open; answers the last position."""
        return (await self.system.submit(self.decision(weeks=weeks))).position

    async def confirm(self, starts_on: str, ends_on: str, zone: str = "Europe/Paris") -> int:
        """Confirm the annual meeting; answers the position of the last event."""
        done = await self.system.submit(
            ConfirmAnnualMeeting(
                command_id=uuid4(),
                year=self.year,
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on),
                place="Somewhere",
                time_zone=zone,
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )
        return done.position

    async def move(self, starts_on: str, ends_on: str) -> int:
        """Move the annual meeting; answers the position of the last event."""
        done = await self.system.submit(
            RescheduleAnnualMeeting(
                command_id=uuid4(),
                year=self.year,
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on),
                reason="So it must be.",
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )
        return done.position

    async def correct(self, zone: str) -> int:
        """Correct the time zone of the annual meeting; answers the position of the last event."""
        done = await self.system.submit(
            CorrectAnnualMeeting(
                command_id=uuid4(),
                year=self.year,
                time_zone=zone,
                reason="It was a slip.",
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )
        return done.position

    async def cancel(self) -> None:
        """Cancel the annual meeting."""
        await self.system.submit(
            CancelAnnualMeeting(
                command_id=uuid4(),
                year=self.year,
                reason="A flood.",
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )

    async def opening(self, group: UUID) -> None:
        """Record from a source that a window opened."""
        await self.system.submit(
            RecordWindowOpening(
                command_id=uuid4(),
                group=group,
                year=self.year,
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )

    async def closing(self, group: UUID) -> None:
        """Record from a source that a window closed."""
        await self.system.submit(
            RecordWindowClosing(
                command_id=uuid4(),
                group=group,
                year=self.year,
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )

    async def draft(self, group: UUID) -> UUID:
        """Publish a draft of two blocks; answers its id."""
        done = await self.system.submit(
            PublishDraft(
                command_id=uuid4(),
                group=group,
                title="A draft",
                blocks=(WrittenBlock(text="One."), WrittenBlock(text="Two.")),
                occurred=self.occurred,
                provenance=self.provenance,
            )
        )
        return done.subject


def comment(
    draft: UUID,
    *,
    body: str = "Well said.",
    reply: UUID | None = None,
    channel: Channel = Channel.ONLINE,
    occurred: str | None = None,
    provenance: Provenance | None = None,
) -> PostComment:
    """A comment on a draft as a whole, made now or then."""
    return PostComment(
        command_id=uuid4(),
        draft=draft,
        body=body,
        in_reply_to=reply,
        channel=channel,
        attribution=None if channel is Channel.ONLINE else ELSEWHERE,
        occurred=None if occurred is None else Occurred.parse(occurred),
        provenance=provenance,
    )
