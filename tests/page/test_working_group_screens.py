"""Working groups on their board, and documents with their versions, as screens."""

import httpx
import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import links, screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

HASH = "ab" * 32


async def test_board_has_the_wishes_of_4_april_and_what_became_of_them(
    reader: httpx.AsyncClient,
) -> None:
    assert 'href="/cycles/2018/working-groups"' in await screen(reader, "/cycles/2018")

    html = await screen(reader, "/cycles/2018/working-groups")
    then = text(await screen(reader, "/cycles/2018/working-groups?occurred=2018-04-05"))

    assert "(WG-NSF) Reports to pass into: Multistakeholder Advisory Group, 4 April 2018" in then
    assert "Working Group on Fundraising Proposed to be established, 4 April 2018" in then
    assert html.count('data-state="renewed"') == 3
    assert len(links(html, "groups")) == 6
    assert (await reader.get("/cycles/1999/working-groups")).status_code == 404


async def test_group_has_its_remit_its_wish_and_who_drafts(reader: httpx.AsyncClient) -> None:
    board = await screen(reader, "/cycles/2018/working-groups")
    pages = [text(await screen(reader, address)) for address in links(board, "groups")]

    [fundraising] = [one for one in pages if one.count("(WG-FUN)") and "What it is to do" in one]
    assert "Ways of raising funds for the IGF" in fundraising
    assert "Proposed without a written proposal: First virtual MAG meeting" in fundraising
    [programme] = [one for one in pages if "Drafting team" in one]
    assert "A document on the mandate that the Tunis Agenda gives." in programme
    assert "No source names its members." in programme


async def test_document_has_its_version_or_is_missing(reader: httpx.AsyncClient) -> None:
    board = await screen(reader, "/cycles/2018/working-groups")
    note, minutes, *_ = links(board, "documents")

    shown = text(await screen(reader, note))
    assert "Background note" in shown
    assert "Dated 3 April 2018" in shown
    assert "The record has no text of it." in shown
    assert note in await screen(reader, "/cycles/2018/calendar")
    missing = text(await screen(reader, minutes))
    assert "Sources name this document, and no source has it." in missing


async def test_what_a_machine_read_stands_beside_what_was_put_right(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        version = {"label": "1.0", "text": "Forum\n\n& more", "rawText": "F0rum\n\n& m0re"}
        published = await scenario.secretariat.do(
            "publishDocument",
            "... on DocumentPublished { document { id } }",
            kind="REPORT",
            title="Minutes",
            version=version,
            year=scenario.year,
        )
        document = published["document"]["id"]
        later = {"label": "2.0", "sha256": HASH}
        await scenario.secretariat.do("reviseDocument", document=document, version=later)
        recipient = {"kind": "OTHER", "name": "The plenary"}
        await scenario.secretariat.do("forwardDocument", document=document, recipient=recipient)
        group = await scenario.establish()
        await scenario.secretariat.do(
            "recordGroupReport", group=group, year=scenario.year, document=document
        )
        await forum.caught_up()

        latest = text(await screen(reader, f"/documents/{document}"))
        first = text(await screen(reader, f"/documents/{document}?version=1"))
        none = text(await screen(reader, f"/documents/{document}?version=3"))

        reports = text(await screen(reader, f"/groups/{group}"))

    assert "Minutes" in reports.partition("Reports")[2].partition("Meetings")[0]
    assert f"SHA-256 {HASH}" in latest
    assert "to: The plenary" in latest
    assert "Forum F0rum &amp; more &amp; m0re" in first
    assert "It has no version with this number." in none
