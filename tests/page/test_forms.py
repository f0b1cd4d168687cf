"""A form is a mutation of the API, sent by the person who has signed in."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from intersessional.infra.page.input_fields import ITEMS_MAX
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.sent_forms import forms_in
from tests.page.written_record import node, record
from tests.recorded import Recorded

__all__ = ["node", "record"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


async def sign_in(client: httpx.AsyncClient, name: str) -> None:
    """Sign in as a commenter, in development."""
    form = {"role": "COMMENTER", "name": name}
    answer = await client.post("/sign-in", data=form, headers=SAME_ORIGIN)
    assert answer.status_code == 303, answer.text


async def post(client: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    """Send a form as a browser does, from a page of the server."""
    return await client.post(path, data=fields, headers=SAME_ORIGIN)


async def comments(node: Server, record: Recorded) -> int:
    """The number of comments on the draft."""
    async with await node.client() as client:
        query = "query ($id: ID!) { draft(id: $id) { commentTotals { posted } } }"
        answer = await client.ask(query, id=str(record.draft))
        return int(answer["draft"]["commentTotals"]["posted"])


async def test_form_sent_twice_records_one_comment(node: Server, record: Recorded) -> None:
    before = await comments(node, record)
    async with browser(node) as client:
        await sign_in(client, "Twice")

        first = await post(client, f"/drafts/{record.draft}/comments", body="Sent\r\ntwice.")
        second = await post(client, f"/drafts/{record.draft}/comments", body="Sent\ntwice.")

        assert first.status_code == second.status_code == 303
        assert first.headers["location"] == second.headers["location"]
        shown = await client.get(first.headers["location"])
    assert "twice." in shown.text
    assert await comments(node, record) == before + 1


async def test_client_that_accepts_json_gets_the_answer_of_the_api(
    node: Server, record: Recorded
) -> None:
    async with browser(node) as client:
        await sign_in(client, "Script")
        sent = {"body": "By a script.", "commandId": str(uuid4())}
        answer = await client.post(
            f"/drafts/{record.draft}/comments",
            data=sent,
            headers={**SAME_ORIGIN, "Accept": "application/json"},
        )

    assert answer.status_code == 200
    payload = answer.json()["data"]["postComment"]
    assert payload["__typename"] == "CommentPosted"
    assert payload["comment"]["body"] == "By a script."


async def test_refusal_shows_the_screen_again_with_the_text(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    answer = await post(
        reader, f"/drafts/{record.draft}/comments", body="Kept <b>as it is</b>.", revision="1"
    )

    assert answer.status_code == 422
    assert answer.headers["cache-control"] == "no-store"
    assert 'id="refusal"' in answer.text
    assert "Nobody has signed in here." in answer.text
    assert "Kept &lt;b&gt;as it is&lt;/b&gt;." in answer.text


async def test_refusal_of_a_value_shows_its_sentence(node: Server, record: Recorded) -> None:
    async with browser(node) as client:
        await sign_in(client, "Long")
        answer = await post(client, f"/drafts/{record.draft}/comments", body="é" * 5_000)

    assert answer.status_code == 422
    assert "It has 10,000 bytes; 8,192 are allowed." in answer.text


async def test_comment_is_not_sent_as_another_person_than_wrote_it(
    node: Server, record: Recorded
) -> None:
    before = await comments(node, record)
    async with browser(node) as client:
        await sign_in(client, "Second")
        answer = await client.post(
            f"/drafts/{record.draft}/comments",
            data={"body": "By the first.", "writer": str(uuid4())},
            headers={**SAME_ORIGIN, "Accept": "application/json"},
        )

    assert answer.json()["errors"][0]["extensions"]["code"] == "OTHER_WRITER"
    assert await comments(node, record) == before


async def test_form_of_another_site_is_refused(node: Server, record: Recorded) -> None:
    before = await comments(node, record)
    async with browser(node) as client:
        await sign_in(client, "Lured")
        answer = await client.post(
            f"/drafts/{record.draft}/comments",
            data={"body": "By another site."},
            headers={"Sec-Fetch-Site": "cross-site"},
        )

    assert answer.status_code == 403
    assert await comments(node, record) == before


async def test_author_withdraws_a_comment(node: Server, record: Recorded) -> None:
    async with browser(node) as client:
        await sign_in(client, "Author")
        posted = await post(client, f"/drafts/{record.draft}/comments", body="Taken back soon.")
        comment = posted.headers["location"]

        withdrawn = await post(client, f"{comment}/withdraw", reason="")

        assert (withdrawn.status_code, withdrawn.headers["location"]) == (303, comment)
        shown = await client.get(comment)
    assert "Taken back soon." not in shown.text


async def test_body_that_is_no_form_is_refused(node: Server, record: Recorded) -> None:
    async with browser(node) as client:
        answer = await client.post(
            f"/drafts/{record.draft}/comments", json={"body": "x"}, headers=SAME_ORIGIN
        )

    assert answer.status_code == 415


async def test_form_for_a_draft_that_is_not_there_is_not_found(reader: httpx.AsyncClient) -> None:
    answer = await post(reader, f"/drafts/{uuid4()}/comments", body="x")

    assert answer.status_code == 404


@pytest.mark.parametrize("field", [{"revision": "two"}, {"channel": "PIGEON"}])
async def test_field_of_another_type_is_refused_in_a_sentence(
    node: Server, record: Recorded, field: dict[str, str]
) -> None:
    path = f"/drafts/{record.draft}/comments"
    async with browser(node) as client:
        await sign_in(client, "Types")
        shown = await post(client, path, body="x", **field)
        script = {**SAME_ORIGIN, "Accept": "application/json"}
        answered = await client.post(path, data={"body": "x", **field}, headers=script)

    assert (shown.status_code, answered.status_code) == (400, 400)
    [value] = field.values()
    [error] = answered.json()["errors"]
    assert value in error["message"]
    assert value in shown.text


async def test_list_of_more_items_than_a_form_has_is_refused_and_what_was_typed_is_kept(
    node: Server, record: Recorded
) -> None:
    path = f"/drafts/{record.draft}/comments"
    passages = {f"passages.{n}.block": f"the block {n}" for n in range(900, 900 + ITEMS_MAX + 1)}
    as_script = SAME_ORIGIN | {"Accept": "application/json"}
    async with browser(node) as client:
        await sign_in(client, "Many items")

        shown = await post(client, path, body="All of it.", **passages)
        answered = await client.post(
            path, data={"body": "All of it.", **passages}, headers=as_script
        )

    [error] = answered.json()["errors"]
    assert (shown.status_code, answered.status_code) == (400, 400)
    assert error["extensions"] == {
        "code": "TOO_MANY_ITEMS",
        "field": "passages",
        "measured": ITEMS_MAX + 1,
        "max": ITEMS_MAX,
    }
    assert forms_in(shown.text)[path] == {"body": "All of it.", **passages}


async def test_api_reads_no_cookie(node: Server) -> None:
    async with browser(node) as client:
        await sign_in(client, "Cookie")
        answer = await client.post("/graphql", json={"query": "{ viewer { participant { id } } }"})

    assert answer.json()["data"]["viewer"] is None
