"""The summary of a meeting: what was said, and which recorded events it states."""

from collections.abc import Sequence
from typing import Any

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_text
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.stated_subject import StatedSubject

SUMMARY_MAX = 60_000
"""Bytes of a summary."""
STATES_MAX = 200
"""Subjects and events that a summary can name."""
STATED_EVENTS_MAX = 50
"""Events that a summary can name."""


def check_summary(summary: str, stated: Sequence[StatedSubject]) -> None:
    """Check the text of a summary and the number of subjects. Raises BadValue."""
    validated_text("summary", summary, SUMMARY_MAX)
    if len(stated) > STATES_MAX:
        raise BadValue(field="states", problem=f"at most {STATES_MAX}.")
    if sum(one.version is not None for one in stated) > STATED_EVENTS_MAX:
        raise BadValue(field="stated", problem=f"at most {STATED_EVENTS_MAX}.")


def add_summary(
    meeting: Meeting,
    act: Act,
    *,
    summary: str,
    stated: tuple[StatedSubject, ...] = (),
    reason: str | None = None,
) -> None:
    """Publish the summary; a second one is a correction and needs a reason. Raises BadValue."""
    check_summary(summary, stated)
    text = validated_text("summary", summary, SUMMARY_MAX)
    data: dict[str, Any] = {
        "cycle_id": meeting.cycle_id,
        "group_id": meeting.group_id,
        "summary": text,
        "stated": stated,
    }
    if not meeting.at(act.occurred).summarised:
        meeting.record(Meeting.SummaryPublished, act=act, **data)
    elif reason is None:
        problem = "a correction of a published summary needs a reason."
        raise BadValue(field="reason", problem=problem)
    else:
        reason_text = validated_text("reason", reason)
        meeting.record(Meeting.SummaryCorrected, act=act, **data, reason=reason_text)
