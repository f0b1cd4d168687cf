"""Hostile texts are shown as text on every screen that has them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
import pytest_asyncio

from intersessional.domain.kernel.texts import COMMENT_MAX, MARKS_MAX
from tests.databases import fresh_database
from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server, serving
from tests.page.browser import browser

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAME = "<img src=x onerror=alert(1)>\"'><b>"
TEXT = f"""{NAME}</p></li></div><script>alert(2)</script><style>*{{}}</style><!--
[click](javascript:alert(3)) <javascript:alert(4)> [data](data:text/html,x) ![x](//evil.example/p)
&#x202e; \u202eoverride\u202c <svg/onload=alert(5)> <a href='javascript:alert(6)' style='x'>*em*</a>
"""
MARKS = "x" + "\u0301" * MARKS_MAX
DEEP = ("> - " * 500 + "[" * 500 + "![" * 500)[: COMMENT_MAX - 3]
COMMENTS = {"text": TEXT, "marks": MARKS * (COMMENT_MAX // len(MARKS.encode())), "deep": DEEP}


class Page(HTMLParser):
    """What a page has that could harm, and its text content."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("iframe", "object", "embed") or (tag == "script" and "src" not in given):
            self.harm.append(tag)
        for name, value in attrs:
            link = (value or "").strip().lower()
            if (
                name == "style"
                or name.startswith("on")
                or link.startswith(("javascript:", "data:"))
            ):
                self.harm.append(f"{tag} {name}={value}")
            if name in ("src", "srcset") and "evil" in link:
                self.harm.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data


@dataclass(frozen=True)
class Hostile:
    """A draft with hostile texts, and hostile comments on it."""

    server: Server
    draft: str
    comments: dict[str, str]


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def hostile(postgres: str, migrated: str) -> AsyncGenerator[Hostile]:
    """A draft and comments whose title, name and texts are hostile; no window has to be open."""
    async with (
        fresh_database(postgres, migrated) as url,
        serving(url) as server,
        forum_scenario(server) as scenario,
    ):
        await scenario.commenter.do(
            "updateParticipant", participant=str(scenario.commenter.person), displayName=NAME
        )
        done = await scenario.secretariat.do(
            "publishDraft",
            "... on DraftPublished { draft { id } }",
            group=await scenario.establish(NAME),
            title=NAME,
            label=NAME,
            blocks=[
                {"text": TEXT, "kind": kind} for kind in ("HEADING", "PARAGRAPH", "BULLET_ITEM")
            ],
        )
        draft = done["draft"]["id"]
        comments = {
            name: (await scenario.comment(draft, body, blocks=["b2"]))["comment"]["id"]
            for name, body in COMMENTS.items()
        }
        yield Hostile(server, draft, comments)


async def test_hostile_texts_are_shown_on_every_screen_and_do_nothing(hostile: Hostile) -> None:
    draft = f"/drafts/{hostile.draft}"
    comments = [f"/comments/{id}" for id in hostile.comments.values()]
    async with browser(hostile.server) as reader:
        for path in ("/", draft, f"{draft}/b2", *comments):
            answer = await reader.get(path)

            page = Page(answer.text)
            assert (answer.status_code, page.harm) == (200, []), path
            assert path == "/" or NAME in page.text, path
            if path.startswith(draft):
                assert "<script>alert(2)</script>" in page.text
                assert "[click](javascript:alert(3))" in page.text
                assert "&#x202e;" in page.text
            if path.endswith(hostile.comments["marks"]):
                assert MARKS in page.text


async def test_api_gives_names_and_titles_as_they_were_written(hostile: Hostile) -> None:
    query = """query ($id: ID!) { draft(id: $id) { title label blocks { plainText html }
        comments { nodes { body bodyHtml author { displayName } } } } }"""

    async with await hostile.server.client() as anonymous:
        draft = (await anonymous.ask(query, id=hostile.draft))["draft"]

    assert (draft["title"], draft["label"]) == (NAME, NAME)
    for block in draft["blocks"]:
        shown = Page(block["html"])
        assert (shown.harm, shown.text) == ([], block["plainText"])
    for comment in draft["comments"]["nodes"]:
        assert comment["author"]["displayName"] == NAME
        assert Page(comment["bodyHtml"]).harm == []
