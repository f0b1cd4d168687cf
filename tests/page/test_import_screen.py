"""A file of history is checked on a screen, and recorded as it was shown, without scripts."""

import pytest

from tests.graphql.history_files import file
from tests.graphql.scenario import new_year
from tests.graphql.server import Server
from tests.page.reading import text
from tests.page.sent_forms import forms_in, named_value
from tests.page.visitor import OWN, Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCREEN = "/secretariat/import"


async def check(visitor: Visitor, content: bytes) -> str:
    """The screen after the check of a file."""
    answer = await visitor.upload(SCREEN, "text", content)
    assert answer.status_code == 200
    return answer.text


async def test_file_is_checked_then_recorded_as_it_was_shown(forum: Server) -> None:
    content = file(new_year()).replace("\n", "\r\n").encode()
    async with visiting(forum) as visitor:
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        before = await forum.caught_up()

        shown = await check(visitor, content)
        after_check = await forum.caught_up()
        sent = {**forms_in(shown)[SCREEN], "previewed": named_value(shown, "previewed")}
        stale = await visitor.post_parts(SCREEN, {**sent, "outcome": "0" * 64})
        done = await visitor.post_parts(SCREEN, sent)
        position = await forum.caught_up()
        screen = (await visitor.get(done.headers["location"])).text
        again = await check(visitor, content)

    assert after_check == before
    assert "3 events would be recorded" in text(shown)
    assert "source 3 ListSource would be recorded cycle 8 OpenCycle would be recorded" in text(
        shown
    )
    assert "The work of an IGF year began." in text(shown)
    assert done.status_code == 303
    assert position == before + 4
    assert "3 entries" in text(screen)
    assert "All entries are on record already." in text(again)
    assert "outcome" not in forms_in(again)[SCREEN]
    assert stale.status_code == 422
    assert "The record has changed since the check" in text(stale.text)
    assert forms_in(stale.text)[SCREEN]["text"] == content.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"history: a\nentries: \xff\xfe\n",
            "Line 2: it is not text in UTF-8, or holds U+FFFD. NOT_YAML",
        ),
        (b"#" * 2_000_000, "Line 1: a file has at most 80000 bytes. TOO_LARGE"),
        (b"PK\x03\x04\x00\x00", "Line 1: special characters are not allowed. NOT_YAML"),
    ],
)
async def test_hostile_file_is_refused_with_its_line(
    forum: Server, content: bytes, problem: str
) -> None:
    async with visiting(forum) as visitor:
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})

        shown = await check(visitor, content)

    assert problem in text(shown)
    assert "outcome" not in forms_in(shown)[SCREEN]


async def test_form_is_for_the_secretariat_alone(forum: Server) -> None:
    async with visiting(forum) as visitor:
        anonymous = (await visitor.get(SCREEN)).text
        await visitor.post("/sign-in", {"role": "MAG_MEMBER"})
        member = (await visitor.get(SCREEN)).text
        refused = await visitor.upload(SCREEN, "text", b"history: a")
        broken = await visitor.http.post(
            SCREEN,
            content=b"--x\r\n\r\n",
            headers={**OWN, "Content-Type": "multipart/form-data"},
        )

    assert "to record, sign in" in text(anonymous)
    assert "You do not hold its role now" in text(member)
    assert SCREEN not in {**forms_in(anonymous), **forms_in(member)}
    assert refused.status_code == 422
    assert "This is done in a role that you do not hold" in text(refused.text)
    assert broken.status_code == 400
