"""The illustration is marked as one, recorded once, and open for comments."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.annual_meeting.commands import ConfirmAnnualMeeting
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Ground
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.participant.commands import AcceptCodeOfConduct, RegisterParticipant
from intersessional.infra.backend import Backend
from intersessional.infra.history import HISTORY, illustrate
from intersessional.infra.history.illustration import illustration
from intersessional.infra.importer import read_history
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.core import CORE
from tests.infra.importer.core_backend import import_and_wait, open_core_backend, query_data

TODAY = datetime.now(UTC).date()


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2026, 1, 1), date(2199, 12, 31)))
def test_illustration_of_any_day_has_a_past_and_a_meeting_in_four_weeks(today: date) -> None:
    commands = [
        one.envelope.command
        for one in CommandBuilder(CORE.command_handlers).build(illustration(today))
    ]

    midnight = datetime.combine(today, datetime.min.time(), UTC)
    for command in commands:
        assert command.occurred is not None
        assert command.occurred.ends <= midnight
        assert command.provenance is not None
        assert command.provenance.ground is Ground.ILLUSTRATION
    (meeting,) = [one for one in commands if isinstance(one, ConfirmAnnualMeeting)]
    assert (meeting.year, meeting.starts_on) == (today.year, today + timedelta(days=28))


async def test_illustration_is_marked_in_every_event(database_url: str) -> None:
    async with open_core_backend(database_url) as backend:
        outcome = await record_illustration(backend, TODAY)
        recorded = await backend.record.read(after=0, first=1_000, until=outcome)

    events = [one.event for one in recorded if isinstance(one.event, DomainEvent)]
    assert len(events) == outcome
    assert {event.act.provenance.ground for event in events} == {Ground.ILLUSTRATION}


async def test_illustration_has_a_draft_with_comments_and_replies(database_url: str) -> None:
    async with open_core_backend(database_url) as backend:
        await record_illustration(backend, TODAY)
        answer = await query_data(backend, _DRAFT, year=TODAY.year)

    assert answer["cycle"]["isIllustration"]
    (group,) = answer["cycle"]["groups"]["nodes"]
    led_by = [
        (one["participant"]["displayName"], one["magMember"]) for one in group["facilitators"]
    ]
    assert led_by == [("Chidi", True), ("Dana", False)]
    (draft,) = group["drafts"]["nodes"]
    assert draft["revision"] == 2
    assert len({block["element"] for block in draft["blocks"]}) == 9
    kinds = Counter(block["kind"] for block in draft["blocks"])
    assert kinds == {"PARAGRAPH": 22, "HEADING": 9, "BULLET_ITEM": 3}
    threads = draft["comments"]["nodes"]
    assert len(threads) + sum(one["replies"]["totalCount"] for one in threads) == 43
    assert {one["language"] for one in threads} == {None, "ar", "ru"}
    assert len({one["author"]["displayName"] for one in threads}) > 8
    assert all(one["isIllustration"] for one in threads)


async def test_illustration_accepts_a_comment_now(database_url: str) -> None:
    async with open_core_backend(database_url, installed_plugins()) as backend:
        await record_illustration(backend, TODAY)
        draft = (await query_data(backend, _DRAFT, year=TODAY.year))["cycle"]["groups"]["nodes"][0]
        someone = Caller(person=uuid4())
        await backend.command_bus.submit(RegisterParticipant(command_id=uuid4()), someone)
        await backend.command_bus.submit(
            AcceptCodeOfConduct(command_id=uuid4(), version=1), someone
        )
        comment = PostComment(
            command_id=uuid4(), draft=UUID(draft["drafts"]["nodes"][0]["id"]), body="I agree."
        )

        done = await backend.command_bus.submit(comment, someone)

        assert done.subject == comment.derived_id


async def test_illustration_is_recorded_once_on_any_day(database_url: str) -> None:
    async with open_core_backend(database_url) as backend:
        first = await record_illustration(backend, TODAY)

        for days in (0, 1, 400):
            later = await record_illustration(backend, TODAY + timedelta(days=days))

            assert later == first
            assert await backend.record.head() == first


async def test_illustration_changes_nothing_of_2018(database_url: str) -> None:
    async with open_core_backend(database_url) as backend:
        await import_and_wait(backend, *map(read_history, HISTORY))
        before = await query_data(backend, _FACTS)

        await record_illustration(backend, TODAY)

        assert await query_data(backend, _FACTS) == before
        assert not before["cycle"]["isIllustration"]


async def record_illustration(backend: Backend, today: date) -> int:
    answers = backend.composition.command_handlers
    outcome = await illustrate(backend.command_bus, backend.record, answers, today)
    await backend.reader.wait_until_reached(outcome.position)
    return outcome.position


_DRAFT = """query ($year: Int!) { cycle(year: $year) { isIllustration groups(first: 2) { nodes {
  facilitators { participant { displayName } magMember }
  drafts(first: 2) { nodes { id revision blocks { element kind } comments(first: 50) { nodes {
    isIllustration language author { displayName } replies(first: 1) { totalCount }
  } } } } } } } }"""

_FACTS = """{ themes(first: 50) { totalCount nodes { key years { year } } }
  cycle(year: 2018) { isIllustration bpfCapUsed position
    proposals { totalCount } decisions { totalCount } groups { totalCount } meetings { totalCount }
  } }"""
