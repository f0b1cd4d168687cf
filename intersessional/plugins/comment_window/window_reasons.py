"""Why a comment window opens and closes on its days."""

from intersessional.domain.kernel.fact import facts_of
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.graphql.relay.reason import Reason, ReasonEvent, ReasonKind
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.view import CommentWindowDocument


def window_reasons(window: CommentWindowDocument) -> list[Reason]:
    """The days before the annual meeting, what they follow from, and the last change."""
    rule = window.rule
    meeting = Reason(
        kind=ReasonKind.MEETING_DAYS,
        subject=rule.annual_meeting.stream,
        event=_event(rule.annual_meeting),
        facts=facts_of({"starts_on": rule.starts_on, "ends_on": rule.ends_on}),
    )
    days = Reason(
        kind=ReasonKind.DAYS_BEFORE,
        facts=facts_of(
            {
                "days": rule.days_before,
                "opens_on": window.opens_on,
                "closes_on": window.closes_on,
            }
        ),
        because=[meeting, _weeks(rule.policy, rule.days_before)],
    )
    return [days, Reason(kind=ReasonKind.CAUSE, event=_event(window.cause))]


def _weeks(policy: CausingEvent | None, days: int) -> Reason:
    """The policy that sets the weeks; where there is none, the default holds."""
    facts = facts_of({"policy": COMMENT_WINDOW_WEEKS, "weeks": days // 7})
    if policy is None:
        return Reason(kind=ReasonKind.POLICY, facts=facts, is_given=False, historical=True)
    return Reason(kind=ReasonKind.POLICY, subject=policy.stream, facts=facts)


def _event(cause: CausingEvent) -> ReasonEvent:
    return ReasonEvent(stream=cause.stream, version=cause.version)
