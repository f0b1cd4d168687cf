"""What of a batch can be recorded, decided in memory: pure, from what the database told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.kernel.event_store import CommandIdReused, VersionConflict
from intersessional.infra.event_store.append.append_queue import AppendOutcome, QueuedAppend
from intersessional.infra.event_store.append.idempotency import RecordedCommand, body_digest
from intersessional.infra.event_store.entries import AppendRequest, NewEvent, Receipt


@dataclass(slots=True, kw_only=True)
class BatchFacts:
    """What the database told about a batch when it refused it."""

    stands: dict[UUID, int | None] = field(default_factory=dict[UUID, int | None])
    """Where streams stand that do not stand where they were expected; None: nowhere."""
    known: dict[UUID, RecordedCommand] = field(default_factory=dict[UUID, RecordedCommand])

    def add(self, answer: Mapping[str, Any]) -> None:
        """Learn from an answer of ``append_batch``."""
        self.stands.update(zip(answer["lost"] or (), answer["actual"] or (), strict=True))
        for row in answer["known"] or ():
            self.known[row["command_id"]] = RecordedCommand.of(row)


class BatchPlan:
    """The appends of a batch that can go together, and the outcome each one will have.

    Every outcome rests on the accepted appends and on the facts, so none is told before the
    database has taken the plan, with its expectations true and no command of the batch known.
    """

    def __init__(self, *, after: int, at: datetime, facts: BatchFacts) -> None:
        self.after = after
        self.at = at
        self.last = after
        self.events: list[NewEvent] = []
        self.commands: list[RecordedCommand] = []
        """What will be known of the commands that are accepted."""
        self.others: list[UUID] = []
        """The commands that are not accepted, of which the database must not know either."""
        self.checks: dict[UUID, int] = {}
        """Where streams must stand, but for those that begin: the primary key guards them."""
        self.outcomes: list[tuple[QueuedAppend, AppendOutcome]] = []
        self._stands = dict(facts.stands)
        self._known = dict(facts.known)

    @classmethod
    def of(
        cls, batch: Iterable[QueuedAppend], *, after: int, at: datetime, facts: BatchFacts
    ) -> "BatchPlan":
        """The plan for a batch on a log that stands at ``after``."""
        plan = cls(after=after, at=at, facts=facts)
        for pending in batch:
            outcome = plan._repeated(pending) or plan._conflict(pending.append)
            if outcome is None:
                outcome = plan._accept(pending)
            else:
                asked = (one.command_id for one in pending.append.submissions)
                plan.others.extend(command for command in asked if command not in facts.known)
            plan.outcomes.append((pending, outcome))
        return plan

    def _repeated(self, pending: QueuedAppend) -> AppendOutcome | None:
        """The outcome of an append of which a command is known.

        An append is recorded as a whole, so one that is known only in part is another append.
        """
        submissions = pending.append.submissions
        found = [known for one in submissions if (known := self._known.get(one.command_id))]
        if not found:
            return None
        if len(found) < len(submissions):
            return CommandIdReused(found[0].receipt.command_id)
        receipts: list[Receipt] = []
        for submission, salt, known in zip(submissions, pending.salts, found, strict=True):
            receipt = known.repeated(submission.body, salt)
            if receipt is None:
                return CommandIdReused(submission.command_id)
            receipts.append(receipt)
        return tuple(receipts)

    def _conflict(self, append: AppendRequest) -> VersionConflict | None:
        for stream, expected in append.expects.items():
            actual = self._stands.get(stream, expected)
            if actual != expected and not (actual is None and expected <= 0):
                return VersionConflict(stream, expected, actual or 0)
        return None

    def _accept(self, pending: QueuedAppend) -> tuple[Receipt, ...]:
        append = pending.append
        for (stream, expected), left in zip(
            append.expects.items(), append.leaves.values(), strict=True
        ):
            begins = expected == 0 and left > 0
            if not begins and stream not in self._stands:
                self.checks[stream] = expected
        self._stands.update(append.leaves)
        receipts: list[Receipt] = []
        for submission, salt in zip(append.submissions, pending.salts, strict=True):
            first = self.last + 1
            self.last += len(submission.events)
            self.events += submission.events
            receipt = Receipt(
                command_id=submission.command_id,
                subject=submission.subject,
                first=first,
                last=self.last,
                recorded_at=self.at,
                repeated=False,
            )
            known = RecordedCommand(receipt, salt, body_digest(salt, submission.body))
            self._known[submission.command_id] = known
            self.commands.append(known)
            receipts.append(receipt)
        return tuple(receipts)
