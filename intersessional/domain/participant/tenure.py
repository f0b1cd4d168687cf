"""Tenures: who held which role since when, and until when."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True)
class Tenure:
    """A role that someone holds since a time, and until another if it has an end.

    It is known to be held from the first instant of ``known_from`` to the last of ``until``.
    """

    id: UUID
    holder: UUID
    role: Role
    since: Occurred | None
    """When it began; None where it began before ``known_from`` and no source says when."""
    known_from: Occurred
    """``since``, or the time of the fact that tells of it."""
    until: Occurred | None = None

    def covers(self, instant: datetime) -> bool:
        """Whether the role is held at this instant."""
        return self.known_from.begins <= instant and (
            self.until is None or instant < self.until.ends
        )

    def certain_at(self, instant: datetime) -> bool:
        """Whether it had certainly begun, and not yet ended, at this instant."""
        return self.known_from.ends <= instant and (
            self.until is None or instant < self.until.begins
        )

    def overlaps(self, other: "Tenure") -> bool:
        """Whether there is an instant that both cover."""
        return (other.until is None or self.known_from.begins < other.until.ends) and (
            self.until is None or other.known_from.begins < self.until.ends
        )

    def may_cover(self, occurred: Occurred) -> bool:
        """Whether the role is held at some instant of this time."""
        if occurred.begins == occurred.ends:
            return self.covers(occurred.begins)
        return self.known_from.begins < occurred.ends and (
            self.until is None or occurred.begins < self.until.ends
        )

    def can_end(self, until: Occurred) -> bool:
        """Whether this end comes after it begins, and before any end that it has."""
        return self.known_from.begins < until.ends and (
            self.until is None or until.ends < self.until.ends
        )


@dataclass(frozen=True)
class TenureEnd:
    """The end of a tenure."""

    tenure_id: UUID
    until: Occurred


@dataclass(frozen=True)
class TenureRegister:
    """The tenures of a person or in a role, the same in whatever order they are told.

    An end is kept apart from the tenure that it ends, for it may be told to the fold before it.
    """

    granted: tuple[Tenure, ...] = ()
    ends: tuple[TenureEnd, ...] = ()

    def with_granted(self, tenure: Tenure) -> "TenureRegister":
        """The register with one more tenure."""
        return replace(self, granted=tuple(sorted((*self.granted, tenure), key=_place)))

    def with_end(self, end: TenureEnd) -> "TenureRegister":
        """The register with an end of a tenure; the earliest end holds."""
        return replace(self, ends=tuple(sorted((*self.ends, end), key=_place_of_end)))

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Every tenure with its end, in the order in which they began."""
        return tuple(self._ended(tenure) for tenure in self.granted)

    def lacks(self, role: Role, occurred: Occurred, *, historical: bool) -> datetime | None:
        """The instant at which a fact of this time lacked the role; None if it was held.

        A fact of history, whose instant no source gives, needs it at some instant of its time.
        Anyone registered may comment.
        """
        if role is Role.COMMENTER:
            return None
        held = [tenure for tenure in self.tenures if tenure.role is role]
        if historical:
            return None if any(one.may_cover(occurred) for one in held) else occurred.begins
        for instant in (occurred.begins, occurred.last):
            if not any(one.covers(instant) for one in held):
                return instant
        return None

    def _ended(self, tenure: Tenure) -> Tenure:
        ends = [tenure.until, *(one.until for one in self.ends if one.tenure_id == tenure.id)]
        until = min(
            (one for one in ends if one is not None), key=lambda one: one.effect, default=None
        )
        return replace(tenure, until=until)


NO_TENURES = TenureRegister()


def _place(one: Tenure) -> tuple[datetime, str, str, str]:
    return (
        one.known_from.begins,
        one.role.value,
        str(one.holder),
        str(one.id),
    )


def _place_of_end(one: TenureEnd) -> tuple[datetime, datetime, str]:
    return (*one.until.effect, str(one.tenure_id))
