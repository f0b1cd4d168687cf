"""Commands about continuation reports."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.kernel.ids import continuation_report_id


@dataclass(frozen=True, kw_only=True)
class ReportContinuation(Command):
    """Report to the MAG whether a group of the previous cycle goes on (DOMAIN rows 7, 32)."""

    TOPIC = "continuation_report.give"

    group: UUID
    """The group of the previous cycle, by its id."""
    year: int
    """The year of the cycle that the report is for."""
    wish: ContinuationWish
    """Whether the group wishes to go on."""
    areas: tuple[str, ...] = ()
    """New areas of work; at most 20, each of at most 300 bytes in UTF-8."""
    report: str | None = None
    """The report in words; at most 60,000 bytes in UTF-8."""
    meeting: UUID | None = None
    """The meeting of the MAG at which it was given, by its id."""

    @property
    def created_id(self) -> UUID:
        """The id of the report: a group has one for a cycle."""
        return continuation_report_id(self.group, self.year)


@dataclass(frozen=True, kw_only=True)
class ConsiderContinuationReport(Command):
    """Record that the MAG considered the report of a group (DOMAIN row 7)."""

    TOPIC = "continuation_report.consider"

    group: UUID
    """The group of the previous cycle, by its id."""
    year: int
    """The year of the cycle that the report is for."""
    meeting: UUID | None = None
    """The meeting of the MAG, by its id; required, unless no source of the past names it."""

    @property
    def created_id(self) -> UUID:
        """The id of the report."""
        return continuation_report_id(self.group, self.year)


@dataclass(frozen=True, kw_only=True)
class RecordMissingContinuationReport(Command):
    """Record that a group gave no report, or that no source of the past has it (DOMAIN row 7)."""

    TOPIC = "continuation_report.record_missing"

    group: UUID
    """The group of the previous cycle, by its id."""
    year: int
    """The year of the cycle that the report would be for."""
    reason: str | None = None
    """Why there is none; required, unless no source of the past says it. At most 20,000 bytes."""

    @property
    def created_id(self) -> UUID:
        """The id of the report."""
        return continuation_report_id(self.group, self.year)
