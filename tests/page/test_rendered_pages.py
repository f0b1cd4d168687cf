"""A page is sent again only when what it shows has changed."""

import gzip
from contextlib import nullcontext

import httpx
import pytest
from starlette.requests import Request

from intersessional.domain.kernel.act import Role
from intersessional.infra.page.page_response import PageResponse
from intersessional.infra.page.rendered_pages import compressed
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.rate_limits.request_limits import Account, PointLimit, RateLimited
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.page.written_record import node, record
from tests.recorded import Recorded

__all__ = ["node", "record"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def revise(node: Server, record: Recorded, text: str) -> None:
    """Publish a revision that adds a paragraph."""
    async with await node.client(Role.SECRETARIAT) as secretariat:
        draft = await secretariat.ask(
            "query ($id: ID!) { draft(id: $id) { blocks { id: blockId text } } }",
            id=str(record.draft),
        )
        blocks = [*draft["draft"]["blocks"], {"text": text}]
        await secretariat.do("reviseDraft", draft=str(record.draft), blocks=blocks)


async def test_second_request_is_not_modified(reader: httpx.AsyncClient, record: Recorded) -> None:
    first = await reader.get(f"/drafts/{record.draft}")

    again = await reader.get(
        f"/drafts/{record.draft}", headers={"If-None-Match": first.headers["etag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    # A browser takes the headers of the 304 for those of the page that it has.
    for header in ("etag", "cache-control", "content-security-policy", "vary"):
        assert again.headers[header] == first.headers[header]


async def test_event_that_changes_the_page_gives_another_tag(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    path = f"/drafts/{record.draft}"
    first = await reader.get(path)
    await revise(node, record, "Another paragraph.")

    again = await reader.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]
    assert "Another paragraph." in again.text


async def test_event_that_does_not_concern_the_page_leaves_its_tag(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    first = await reader.get("/")
    async with await node.client(Role.SECRETARIAT) as secretariat:
        await secretariat.do("listSource", key="a-source", title="T")

    again = await reader.get("/", headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304


async def test_page_is_rendered_once_for_an_answer(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    screens: ScreenRenderer = node.app.state.screens
    await reader.get(f"/drafts/{record.draft}")
    kept = len(screens.rendered)

    await reader.get(f"/drafts/{record.draft}")
    await reader.get(f"/drafts/{record.draft}?utm_source=elsewhere")

    assert len(screens.rendered) == kept > 0


async def test_all_pages_are_dropped_when_a_text_is_closed(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    screens: ScreenRenderer = node.app.state.screens
    async with Client(node.url, token=record.token) as commenter:
        posted = await commenter.do(
            "postComment",
            "... on CommentPosted { comment { id } }",
            draft=str(record.draft),
            body="I take this back.",
        )
        await reader.get("/")
        await reader.get(f"/drafts/{record.draft}")
        assert len(screens.rendered) > 1

        await commenter.do("withdrawComment", comment=posted["comment"]["id"])
    await reader.get("/")

    assert len(screens.rendered) == 1


async def test_page_is_compressed_for_those_who_accept_it(reader: httpx.AsyncClient) -> None:
    compressed = await reader.get("/")
    plain = await reader.get("/", headers={"Accept-Encoding": "identity"})

    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.text == plain.text
    assert int(compressed.headers["content-length"]) < len(gzip.compress(plain.content)) + 1


@pytest.mark.parametrize(("accepted", "pays"), [(b"gzip", False), (b"identity", True)])
async def test_who_does_not_accept_gzip_pays_for_decompressing(accepted: bytes, pays: bool) -> None:
    request = Request({"type": "http", "headers": [(b"accept-encoding", accepted)]})

    account = Account(((PointLimit(60, "a test"), "a sender"),))

    PageResponse(request, account, compressed("<p>" * 100_000), ())

    with pytest.raises(RateLimited) if pays else nullcontext():
        account.charge(1)
