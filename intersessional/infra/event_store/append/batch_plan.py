"""Batch plan: which appends of a batch can be recorded together; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.event_store import StaleAnswer, StaleEpoch
from intersessional.domain.command_handling.question import QuestionKey
from intersessional.domain.kernel.refusals import CommandReused, StaleVersion
from intersessional.infra.event_store.append.append_queue import AppendOutcome, QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.recorded_command import RecordedCommand, body_digest
from intersessional.infra.event_store.format.new_event import NewEvent


@dataclass(slots=True, kw_only=True)
class BatchFacts:
    """The reasons for which the database did not write a batch."""

    versions: dict[UUID, int | None] = field(default_factory=dict[UUID, int | None])
    """The versions of streams that are not at the expected version; None: it does not exist."""
    concerned: dict[QuestionKey, int] = field(default_factory=dict[QuestionKey, int])
    """The positions of the last events that concern questions, where later than the answers."""
    commands: dict[UUID, RecordedCommand] = field(default_factory=dict[UUID, RecordedCommand])
    """The commands of the batch that are recorded already."""
    epoch: str | None = None
    """The epoch of the log, where it was read under the lock."""

    def add(self, answer: Mapping[str, Any]) -> None:
        """Add the reasons of one answer of ``append_events``."""
        self.versions.update(zip(answer["lost"] or (), answer["actual"] or (), strict=True))
        for row in answer["changed"] or ():
            self.concerned[row["question"], row["key"]] = row["position"]
        for row in answer["known"] or ():
            self.commands[row["command_id"]] = RecordedCommand.from_row(row)


class BatchPlan:
    """The appends of a batch that are accepted, and the outcome of each append.

    Each outcome depends on the accepted appends and on the facts, so no outcome is answered before
    the database has written the plan, with its checks true and no command of the batch recorded.
    """

    def __init__(self, *, after: int, at: datetime, facts: BatchFacts) -> None:
        self.after = after
        self.at = at
        self.last = after
        self.events: list[NewEvent] = []
        self.commands: list[RecordedCommand] = []
        """The accepted commands."""
        self.others: list[UUID] = []
        """Further ids that must not be recorded: of commands that are not accepted, and as sent."""
        self.checks: dict[UUID, int] = {}
        """The expected version of each stream but the new ones, which the primary key guards."""
        self.asked: dict[QuestionKey, int] = {}
        """The position as of which each question was answered that was not looked up yet."""
        self.concerned: list[tuple[QuestionKey, int]] = []
        """The questions that each new event concerns, with its position."""
        self.outcomes: list[tuple[QueuedAppend, AppendOutcome]] = []
        self._epoch = facts.epoch
        self._versions = dict(facts.versions)
        self._concerned = dict(facts.concerned)
        self._recorded = dict(facts.commands)

    @classmethod
    def build(
        cls, batch: Iterable[QueuedAppend], *, after: int, at: datetime, facts: BatchFacts
    ) -> "BatchPlan":
        """The plan for a batch on a log whose last position is ``after``."""
        plan = cls(after=after, at=at, facts=facts)
        for queued in batch:
            outcome = plan._repeated(queued) or plan._conflict(queued.append)
            if outcome is None:
                outcome = plan._accept(queued)
            else:
                commands = queued.append.commands
                ids = (id for one in commands for id in (one.command_id, one.sent_id))
                plan.others.extend(id for id in ids if id and id not in facts.commands)
            plan.outcomes.append((queued, outcome))
        return plan

    def _repeated(self, queued: QueuedAppend) -> AppendOutcome | None:
        """The outcome of an append with a recorded command; None when all its commands are new.

        An append is recorded completely, so with some of its commands new it is another append.
        """
        commands = queued.append.commands
        found = [(one, command) for command in commands if (one := self._recorded_as(command))]
        if not found:
            return None
        if len(found) < len(commands):
            return CommandReused(command_id=found[0][1].public_id)
        results: list[RecordedCommand] = []
        for (recorded, command), salt in zip(found, queued.salts, strict=True):
            if not recorded.has_body(command.body):
                return CommandReused(command_id=command.public_id)
            # With the same salt it is this very append, found again after its answer was lost.
            results.append(recorded if recorded.salt == salt else recorded.as_repeat())
        return tuple(results)

    def _recorded_as(self, command: EncodedCommand) -> RecordedCommand | None:
        """The recorded command under this id, or the same one by a version without senders' ids.

        Under the id that a client has sent, that version may also have recorded another sender's
        command: its body, which holds the sender, is another.
        """
        recorded = self._recorded.get(command.command_id)
        if recorded is None and command.sent_id is not None:
            earlier = self._recorded.get(command.sent_id)
            return earlier if earlier is not None and earlier.has_body(command.body) else None
        return recorded

    def _conflict(self, append: AppendRequest) -> StaleVersion | StaleAnswer | StaleEpoch | None:
        if self._epoch is not None and append.epoch not in (None, self._epoch):
            return StaleEpoch(self._epoch)
        for stream, expected in append.expects.items():
            actual = self._versions.get(stream, expected)
            if actual != expected and not (actual is None and expected <= 0):
                return StaleVersion(id=stream, expected=expected, actual=actual or 0)
        for question, answered in append.asked.items():
            changed = self._concerned.get(question, answered)
            if changed > answered:
                return StaleAnswer(question, answered, changed)
        return None

    def _accept(self, queued: QueuedAppend) -> tuple[RecordedCommand, ...]:
        append = queued.append
        for (stream, expected), after in zip(
            append.expects.items(), append.versions_after.values(), strict=True
        ):
            begins = expected == 0 and after > 0
            if not begins and stream not in self._versions:
                self.checks[stream] = expected
        self._versions.update(append.versions_after)
        for question, answered in append.asked.items():
            if question not in self._concerned:
                self.asked[question] = min(answered, self.asked.get(question, answered))
        results: list[RecordedCommand] = []
        for command, salt in zip(append.commands, queued.salts, strict=True):
            if command.sent_id is not None and command.sent_id not in self._recorded:
                self.others.append(command.sent_id)
            first = self.last + 1
            for event in command.events:
                self.last += 1
                for question in event.concerns:
                    self._concerned[question] = self.last
                    self.concerned.append((question, self.last))
            self.events += command.events
            recorded = RecordedCommand(
                command_id=command.command_id,
                subject=command.subject,
                first=first,
                last=self.last,
                recorded_at=self.at,
                salt=salt,
                digest=body_digest(salt, command.body),
            )
            self._recorded[command.command_id] = recorded
            results.append(recorded)
        self.commands += results
        return tuple(results)
