"""A paragraph and a comment have screens, and the draft leads to them."""

import re

import httpx
import pytest

from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_draft_counts_the_comments_of_each_paragraph(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    draft = await reader.get(f"/drafts/{record.draft}")

    counts = dict(re.findall(r'data-count="(\w+)" data-number="(\d+)"', draft.text))
    assert counts["b1"] == "0"
    assert sum(map(int, counts.values())) > 0


async def test_paragraph_shows_its_comments_with_their_replies(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    block = await _commented_block(reader, record)

    paragraph = await reader.get(f"/drafts/{record.draft}/{block}")

    assert paragraph.status_code == 200
    assert f'data-list="{block}"' in paragraph.text
    assert re.search(r'<article class="comment" id="c-[0-9a-f-]{36}"', paragraph.text)


async def test_comment_says_what_it_is_about_and_what_became_of_it(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    block = await _commented_block(reader, record)
    paragraph = await reader.get(f"/drafts/{record.draft}/{block}")
    [comment, *_] = re.findall(r'href="(/comments/[0-9a-f-]{36})"', paragraph.text)

    screen = await reader.get(comment)

    assert screen.status_code == 200
    assert f'data-block="{block}"' in screen.text
    assert "It was posted." in screen.text


async def test_paragraph_that_no_revision_has_says_so(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    paragraph = await reader.get(f"/drafts/{record.draft}/nothing")

    assert "The latest revision no longer has this paragraph." in paragraph.text


async def test_draft_leads_to_its_revisions_and_what_they_changed(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    draft = await reader.get(f"/drafts/{record.draft}")
    changes = await reader.get(f"/drafts/{record.draft}/changes/2")
    none = await reader.get(f"/drafts/{record.draft}/changes/99")

    assert f"/drafts/{record.draft}/changes/2" in draft.text
    assert f'href="/drafts/{record.draft}?asOf=' in draft.text
    assert "<ins>" in changes.text
    assert "<del>" in changes.text
    assert "The draft has no such revision." in none.text


async def test_past_state_has_no_forms_and_no_connection(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    now = await reader.get(f"/drafts/{record.draft}")
    [position] = re.findall(r'data-position="(\d+)"', now.text)[:1]

    past = await reader.get(f"/drafts/{record.draft}?asOf={position}")

    assert 'class="composer" method="post"' in now.text
    assert "<live-line" in now.text
    assert 'class="composer"' not in past.text
    assert "<live-line" not in past.text


async def test_service_worker_lies_above_all_pages_and_may_fetch_them(
    reader: httpx.AsyncClient,
) -> None:
    worker = await reader.get("/worker.js")

    assert worker.headers["content-type"] == "text/javascript; charset=utf-8"
    assert worker.headers["cache-control"] == "no-cache"
    assert "connect-src 'self'" in worker.headers["content-security-policy"]


async def _commented_block(reader: httpx.AsyncClient, record: Recorded) -> str:
    draft = await reader.get(f"/drafts/{record.draft}")
    [block, *_] = re.findall(r'data-count="(\w+)" data-number="[1-9]', draft.text)
    return str(block)
