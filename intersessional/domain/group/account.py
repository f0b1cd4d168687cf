"""The account that a group gives of itself: its wish for a cycle, its reports, who drafts."""

from collections.abc import Collection
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.group.reported_years import check_annual_meeting_years
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.refusals import BadValue, LimitReached
from intersessional.domain.kernel.texts import validated_optional_text

DRAFTING_TEAM_MAX = 50
"""Members of a drafting team."""
REPORT_BYTES_MAX = 60_000


def state_wish(
    group: Group,
    act: Act,
    *,
    cycle: Cycle,
    wish: GroupWish,
    body: Body | None = None,
    meeting_id: UUID | None = None,
    words: str | None = None,
) -> None:
    """State what the group wishes for a cycle; a later wish replaces it.

    Raises GroupHasConcluded, AlreadyRecorded, BadValue.
    """
    past = group.check_active(act.occurred)
    if (wish is GroupWish.NEW) != past.is_proposed:
        problem = "NEW is the wish of a group that is proposed, and its only one."
        raise BadValue(field="wish", problem=problem)
    if (body is not None) != (wish is GroupWish.PASS_ON):
        problem = "a group that wishes to pass on its work names the body, no other does."
        raise BadValue(field="body", problem=problem)
    if body is not None and body.group_id == group.id:
        raise BadValue(field="body.group", problem="it is the group itself.")
    group.record(
        Group.WishStated,
        act=act,
        cycle_id=cycle.id,
        year=cycle.year,
        wish=wish,
        body=body,
        meeting_id=meeting_id,
        words=validated_optional_text("words", words),
    )


def form_team(
    group: Group, act: Act, *, members: Collection[UUID], task: str | None = None
) -> None:
    """Form a drafting team of participants; history may lack who they are.

    Raises GroupHasConcluded, BadValue, LimitReached.
    """
    group.check_active(act.occurred)
    if len(members) > DRAFTING_TEAM_MAX:
        raise LimitReached(kind="members of a drafting team", most=DRAFTING_TEAM_MAX)
    if not (members or act.provenance.historical):
        raise BadValue(field="members", problem="name at least one.")
    group.record(
        Group.DraftingTeamFormed,
        act=act,
        members=tuple(dict.fromkeys(members)),
        task=validated_optional_text("task", task),
    )


def report(
    group: Group,
    act: Act,
    *,
    report_id: UUID,
    cycle: Cycle,
    text: str | None = None,
    document_id: UUID | None = None,
    meeting_id: UUID | None = None,
    annual_meeting_years: tuple[int, ...] = (),
) -> None:
    """Report on the work in a cycle, in words or by a document; history may lack both.

    Raises GroupHasConcluded, GroupNotEstablished, BadValue, LimitReached.
    """
    group.check_active(act.occurred)
    group.check_established(act.occurred)
    if text is None and document_id is None and not act.provenance.historical:
        raise BadValue(field="report", problem="give the words or the document.")
    check_annual_meeting_years(annual_meeting_years)
    group.record(
        Group.Reported,
        act=act,
        report_id=report_id,
        cycle_id=cycle.id,
        year=cycle.year,
        report=validated_optional_text("report", text, REPORT_BYTES_MAX),
        document_id=document_id,
        meeting_id=meeting_id,
        annual_meeting_years=annual_meeting_years,
    )
