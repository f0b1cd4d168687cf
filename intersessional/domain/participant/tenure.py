"""Tenures: who held which role since when, and until when."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True)
class Tenure:
    """A role that someone holds since a time, and until another if it has an end.

    It is held from the first instant of ``since`` to the last instant of ``until``.
    """

    holder: UUID
    role: Role
    since: Occurred
    until: Occurred | None = None

    def covers(self, instant: datetime) -> bool:
        """Whether the role is held at this instant."""
        return self.since.begins <= instant and (self.until is None or instant < self.until.ends)

    def certain_at(self, instant: datetime) -> bool:
        """Whether it had certainly begun, and not yet ended, at this instant."""
        return self.since.ends <= instant and (self.until is None or instant < self.until.begins)

    def overlaps(self, other: "Tenure") -> bool:
        """Whether there is an instant that both cover."""
        return (other.until is None or self.since.begins < other.until.ends) and (
            self.until is None or other.since.begins < self.until.ends
        )

    def may_cover(self, occurred: Occurred) -> bool:
        """Whether the role is held at some instant of this time."""
        if occurred.begins == occurred.ends:
            return self.covers(occurred.begins)
        return self.since.begins < occurred.ends and (
            self.until is None or occurred.begins < self.until.ends
        )

    def can_end(self, until: Occurred) -> bool:
        """Whether this end comes after it begins, and before any end that it has."""
        return self.since.begins < until.ends and (
            self.until is None or until.ends < self.until.ends
        )


@dataclass(frozen=True)
class TenureRegister:
    """The tenures of a person or in a role, the same in whatever order they are told.

    An end is kept apart from the tenure that it ends, for it may be told to the fold before it.
    """

    granted: tuple[Tenure, ...] = ()
    ends: tuple[Tenure, ...] = ()
    """The tenures that ended, each with its end."""

    def with_granted(self, tenure: Tenure) -> "TenureRegister":
        """The register with one more tenure."""
        return replace(self, granted=_sorted(self.granted, tenure))

    def with_end(self, tenure: Tenure) -> "TenureRegister":
        """The register with an end of a tenure; the earliest end holds."""
        return replace(self, ends=_sorted(self.ends, tenure))

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Every tenure with its end, in the order in which they began."""
        return tuple(self._ended(tenure) for tenure in self.granted)

    def lacks(self, role: Role, occurred: Occurred, *, historical: bool) -> datetime | None:
        """The instant at which a fact of this time lacked the role; None if it was held.

        A fact of history, whose instant no source gives, needs it at some instant of its time.
        """
        held = [tenure for tenure in self.tenures if tenure.role is role]
        if historical:
            return None if any(one.may_cover(occurred) for one in held) else occurred.begins
        for instant in (occurred.begins, occurred.last):
            if not any(one.covers(instant) for one in held):
                return instant
        return None

    def _ended(self, tenure: Tenure) -> Tenure:
        ends = [tenure.until, *(one.until for one in self.ends if _same(one, tenure))]
        until = min((one for one in ends if one is not None), key=_by_end, default=None)
        return replace(tenure, until=until)


NO_TENURES = TenureRegister()


def _same(one: Tenure, other: Tenure) -> bool:
    return (one.holder, one.role, one.since) == (other.holder, other.role, other.since)


def _by_end(occurred: Occurred) -> tuple[datetime, datetime]:
    return occurred.ends, occurred.begins


def _sorted(tenures: tuple[Tenure, ...], one: Tenure) -> tuple[Tenure, ...]:
    return tuple(sorted((*tenures, one), key=_place))


def _place(one: Tenure) -> tuple[datetime, str, str, str]:
    return (
        one.since.begins,
        one.role.value,
        str(one.holder),
        "" if one.until is None else one.until.at,
    )
