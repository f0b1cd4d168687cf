"""Commands about the life of a decision that is proposed before it is taken."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision_method import DecisionMethod


@dataclass(frozen=True, kw_only=True)
class ProposeDecision(Command):
    """Propose a decision to the MAG; nothing follows from it before it is taken.

    A Chair announces it. The ``expected_version`` is that of the cycle.
    """

    TOPIC = "decision.propose"

    year: int
    """The year of the cycle."""
    statement: str
    """The decision in words; at most 20,000 bytes in UTF-8."""
    meeting: UUID | None = None
    """The meeting at which it was proposed, by its id; none when it was proposed on the list."""
    on_list: bool | None = None
    """Whether it was proposed on the mailing list; null if no source states it."""
    method: DecisionMethod | None = None
    """The method by which it is to be taken; the Chair's slow count to six is `NO_OBJECTION`."""
    announced_by: UUID | None = None
    """The chair who proposed it, by their participant id."""
    rationale: str | None = None
    """The reasons; at most 20,000 bytes in UTF-8."""
    objections_until: datetime | None = None
    """The instant until which objections can be made; null where none are asked for."""
    outcomes: tuple[OutcomeChoice, ...] = ()
    """The outcomes that it is to have, in order."""
    basis: tuple[UUID, ...] = ()
    """The decisions, documents and sources that it rests on, by their ids."""


@dataclass(frozen=True, kw_only=True)
class ObjectToDecision(Command):
    """Object to a decision that is proposed: oneself, or for whom a Chair or a source names."""

    TOPIC = "decision.object"

    decision: UUID
    """The decision, by its id."""
    participant: UUID | None = None
    """The participant who objects, by their id; the sender, where nobody else is given."""
    name: str | None = None
    """The name of the person who objects, as a source gives it; at most 300 bytes in UTF-8."""
    number: int | None = None
    """How many people object, where no names are known."""
    reasons: str | None = None
    """The reasons; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class WithdrawObjection(Command):
    """Withdraw an objection to a decision; that it was made stays on record."""

    TOPIC = "decision.withdraw_objection"

    decision: UUID
    """The decision, by its id."""
    objection: UUID
    """The objection, by its id."""
    reasons: str | None = None
    """The reasons; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class TakeDecision(Command):
    """Take a decision that was proposed, with all the outcomes that were proposed.

    The MAG decides and the Secretariat records: ``announced_by`` held the role of chair then.
    """

    TOPIC = "decision.take"

    decision: UUID
    """The decision, by its id."""
    meeting: UUID | None = None
    """The meeting at which it was taken, by its id; none when it was taken on the list."""
    on_list: bool | None = None
    """Whether it was taken on the mailing list, not at a meeting; null if no source states it."""
    method: DecisionMethod | None = None
    """The method of the decision."""
    announced_by: UUID | None = None
    """The chair who announced it, by their participant id."""
    rationale: str | None = None
    """The reasons, where the proposal gave none or others; at most 20,000 bytes in UTF-8."""
    assessment: UUID | None = None
    """The assessment of resources that a selection is based on, by its id."""
    objections: int | None = None
    """The number of people who objected; those on record, where none is given."""
    outcomes: tuple[OutcomeChoice, ...] = ()
    """Its outcomes, the same as were proposed."""
    basis: tuple[UUID, ...] = ()
    """What it rests on besides what the proposal names, by their ids."""


@dataclass(frozen=True, kw_only=True)
class BlockDecision(Command):
    """Record that a decision that was proposed is not taken."""

    TOPIC = "decision.block"

    decision: UUID
    """The decision, by its id."""
    reason: str | None = None
    """The reason; required while nobody objects. At most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class SupersedeDecision(Command):
    """Record that another decision took the place of one; it undoes nothing by itself."""

    TOPIC = "decision.supersede"

    decision: UUID
    """The decision that is superseded, by its id."""
    by: UUID
    """The decision that takes its place, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class AnnulDecision(Command):
    """Record that another decision declared one void; it undoes nothing by itself."""

    TOPIC = "decision.annul"

    decision: UUID
    """The decision that is annulled, by its id."""
    by: UUID | None = None
    """The decision that annuls it, by its id; only history may lack it."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
