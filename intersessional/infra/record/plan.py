"""What of a batch can be recorded, decided in memory: pure, from what the database told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hmac import compare_digest, digest
from typing import Any
from uuid import UUID

from intersessional.infra.record.entries import Append, NewEvent, Receipt
from intersessional.infra.record.errors import CommandReused, Conflict
from intersessional.infra.record.waiting import Outcome, Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A command that is recorded, and what tells whether a body is the one it came with."""

    receipt: Receipt
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Known":
        """From a row of ``commands``."""
        receipt = Receipt(
            command_id=row["command_id"],
            subject=row["subject"],
            first=row["first"],
            last=row["last"],
            recorded_at=row["recorded_at"],
            repeated=False,
        )
        return cls(receipt=receipt, salt=row["salt"], digest=row["digest"])

    def repeated(self, body: bytes, salt: bytes | None = None) -> Receipt | None:
        """The first outcome, if the body is the same. With the same salt it is no repeat but the
        very append, found again after its answer was lost.
        """
        if not compare_digest(digest(self.salt, body, "sha256"), self.digest):
            return None
        if self.salt == salt:
            return self.receipt
        return replace(self.receipt, repeated=True)


@dataclass(slots=True, kw_only=True)
class Facts:
    """What the database told about a batch when it refused it."""

    stands: dict[UUID, int | None] = field(default_factory=dict[UUID, int | None])
    """Where streams stand that do not stand where they were expected; None: nowhere."""
    known: dict[UUID, Known] = field(default_factory=dict[UUID, Known])

    def add(self, answer: Mapping[str, Any]) -> None:
        """Learn from an answer of ``append_batch``."""
        self.stands.update(zip(answer["lost"] or (), answer["actual"] or (), strict=True))
        for row in answer["known"] or ():
            self.known[row["command_id"]] = Known.of(row)


class Plan:
    """The appends of a batch that can go together, and the outcome each one will have.

    Every outcome rests on the accepted appends and on the facts, so none is told before the
    database has taken the plan, with ``checks`` true and no command of the batch known to it.
    """

    def __init__(self, *, after: int, at: datetime, facts: Facts) -> None:
        self.after = after
        self.at = at
        self.last = after
        self.checks: dict[UUID, int] = {}
        self.accepted: list[Pending] = []
        self.others: list[UUID] = []
        """The commands that are not accepted, of which the database must not know either."""
        self.outcomes: list[tuple[Pending, Outcome]] = []
        self._stands = dict(facts.stands)
        self._known = dict(facts.known)

    @classmethod
    def of(cls, batch: Iterable[Pending], *, after: int, at: datetime, facts: Facts) -> "Plan":
        """The plan for a batch on a log that stands at ``after``."""
        plan = cls(after=after, at=at, facts=facts)
        for pending in batch:
            outcome = plan._repeated(pending) or plan._conflict(pending.append)
            if outcome is None:
                plan.outcomes.append((pending, plan._accept(pending)))
            else:
                plan.outcomes.append((pending, outcome))
                asked = (one.command_id for one in pending.append.submissions)
                plan.others.extend(asked_id for asked_id in asked if asked_id not in facts.known)
        return plan

    def events(self) -> Iterator[NewEvent]:
        """The events to record, in their order."""
        for pending in self.accepted:
            for submission in pending.append.submissions:
                yield from submission.events

    def commands(self) -> Iterator[Known]:
        """What will be known of the commands to record, in their order."""
        for pending in self.accepted:
            for submission in pending.append.submissions:
                yield self._known[submission.command_id]

    def _repeated(self, pending: Pending) -> Outcome | None:
        """The outcome of an append of which a command is known.

        An append is recorded as a whole, so one that is known only in part is another append.
        """
        submissions = pending.append.submissions
        found = [known for one in submissions if (known := self._known.get(one.command_id))]
        if not found:
            return None
        if len(found) < len(submissions):
            return CommandReused(found[0].receipt.command_id)
        receipts: list[Receipt] = []
        for submission, (salt, _), known in zip(submissions, pending.seals, found, strict=True):
            receipt = known.repeated(submission.body, salt)
            if receipt is None:
                return CommandReused(submission.command_id)
            receipts.append(receipt)
        return tuple(receipts)

    def _conflict(self, append: Append) -> Conflict | None:
        for stream, expected in append.expects.items():
            if stream in self._stands:
                actual = self._stands[stream]
                if actual != expected and not (actual is None and expected <= 0):
                    return Conflict(stream, expected, actual or 0)
        return None

    def _accept(self, pending: Pending) -> tuple[Receipt, ...]:
        append = pending.append
        for stream, expected in append.expects.items():
            if stream not in self._stands:
                self.checks[stream] = expected
                self._stands[stream] = expected
        receipts: list[Receipt] = []
        for submission, (salt, digested) in zip(append.submissions, pending.seals, strict=True):
            first = self.last + 1
            self.last += len(submission.events)
            for event in submission.events:
                self._stands[event.stream] = event.version
            receipt = Receipt(
                command_id=submission.command_id,
                subject=submission.subject,
                first=first,
                last=self.last,
                recorded_at=self.at,
                repeated=False,
            )
            self._known[submission.command_id] = Known(receipt=receipt, salt=salt, digest=digested)
            receipts.append(receipt)
        self.accepted.append(pending)
        return tuple(receipts)
