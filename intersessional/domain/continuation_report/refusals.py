"""Refusals about continuation reports."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class ContinuationReportRequired(Refused):
    """The group had given no report that could be considered."""

    code = "CONTINUATION_REPORT_REQUIRED"
    sentence = "The group {group} has given no report on going on."
    group: UUID
    """The id of the group."""
