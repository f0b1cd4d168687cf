"""What a request to the page holds is read cheaply, or refused in a sentence."""

import asyncio
from urllib.parse import parse_qsl, quote, unquote_to_bytes

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from intersessional.infra.page import form_fields as form_fields_module
from intersessional.infra.page.form_fields import BYTES_PER_TURN, FIELDS_MAX, form_fields
from intersessional.infra.page.screens import ScreenRenderer
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.every_screen import addresses
from tests.page.sent_forms import forms_in, signed_in
from tests.page.visitor import OWN, visiting
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\na\\ud800b\r\n--x--\r\n'
INSTANTS = ["\0", "x", "-1", "2018-02-31", "2018-01-01T00:00:00+99:00", "10000-01-01"]


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        (MULTIPART, PART, 415),
        (f"{MULTIPART}; charset=unicode_escape", PART, 415),
        (f"{MULTIPART}; charset=undefined", PART, 415),
        ("multipart/form-data", PART, 415),
        (f"multipart/form-data; boundary={'y' * 300}", PART, 415),
        (FORM, b"&".join(b"%d=" % field for field in range(FIELDS_MAX + 1)), 400),
        (FORM, b"body=1&passages=" + b"[" * 300 + b"]" * 300, 422),
        (FORM, b'body=1&passages=[{"quote":' + b'{"a":' * 500 + b"1" + b"}" * 501 + b"]", 422),
        (FORM, b"body=%ED%A0%80%00\xff&%00=&=&&", 422),
    ],
)
async def test_body_that_is_no_form_of_the_page_is_no_fault(
    node: Server, record: Recorded, media: str, body: bytes, status: int
) -> None:
    async with browser(node) as client:
        sent = {**OWN, "Content-Type": media}
        signing_in = await client.post("/sign-in", content=body, headers=sent)
        comment = await client.post(f"/drafts/{record.draft}/comments", content=body, headers=sent)

    assert signing_in.status_code == (415 if status == 415 else 400)
    assert comment.status_code == status


async def test_no_form_of_the_page_fails_when_a_stranger_sends_it_empty(
    node: Server, record: Recorded
) -> None:
    async with visiting(node) as visitor, browser(node) as stranger:
        # Who has signed in sees the forms.
        await signed_in(node, visitor, "SECRETARIAT", "Sees every form")
        actions: set[str] = set()
        for address in await addresses(node, record):
            actions |= forms_in((await visitor.get(address)).text).keys()
        statuses = {
            action: (await stranger.post(action, headers=OWN, data={"other": ""})).status_code
            for action in sorted(actions)
        }

    assert len(statuses) > 20
    assert {action: status for action, status in statuses.items() if status >= 500} == {}


def sent_form(body: bytes) -> Request:
    """A request with a form."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", FORM.encode())]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


@pytest.mark.parametrize("count", [1, 30, FIELDS_MAX])
@pytest.mark.parametrize("escapes", [b"%41", b"%", b"x%41%"])
async def test_others_have_turns_while_a_long_form_is_read(escapes: bytes, count: int) -> None:
    text = escapes * (20 * BYTES_PER_TURN // len(escapes) // count)
    body = b"&".join([b"text=" + text] * count)
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    others = asyncio.create_task(count_turns())
    fields = await form_fields(sent_form(body))
    others.cancel()

    assert fields == {"text": [unquote_to_bytes(text).decode()] * count}
    assert turns >= 15


PIECES = st.sampled_from(
    [b"%41", b"%C3%A9", b"%c3", b"%4", b"%", b"+", b"=", b"&", b"a", b"%0D%0A"]
)


@given(pieces=st.lists(PIECES, max_size=30), cut=st.integers(3, 9))
async def test_form_is_read_as_the_library_reads_it(pieces: list[bytes], cut: int) -> None:
    body = b"".join(pieces)
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_fields_module, "BYTES_PER_TURN", cut)

        assert await form_fields(sent_form(body)) == fields


async def test_quoted_cookie_is_not_unquoted(reader: httpx.AsyncClient) -> None:
    answer = await reader.get("/keys", headers={"Cookie": 'lang="\\146r"'})

    assert '<html lang="en"' in answer.text


async def test_end_of_a_long_list_of_languages_is_not_read(reader: httpx.AsyncClient) -> None:
    accepted = f"en-{'a-' * 300}b;q=0.1, fr"

    answer = await reader.get("/keys", headers={"Accept-Language": accepted})

    assert '<html lang="en"' in answer.text


async def test_long_query_string_is_not_read(reader: httpx.AsyncClient) -> None:
    many = "&".join(f"n{number}" for number in range(1_000))

    answer = await reader.get(f"/keys?lang=fr&{many}")

    assert answer.status_code == 414
    assert answer.json()["errors"][0]["extensions"]["code"] == "ADDRESS_TOO_LONG"


async def test_page_is_made_once_for_addresses_that_lead_on_to_nothing(
    node: Server, reader: httpx.AsyncClient
) -> None:
    screens: ScreenRenderer = node.app.state.screens
    first = await reader.get("/?lang=es")
    kept = len(screens.rendered)

    for onward in ("//evil.example", "x" * 1_001, "javascript:x"):
        answer = await reader.get(f"/?lang=es&next={onward}")
        assert answer.text == first.text

    assert len(screens.rendered) == kept


async def test_errors_are_rendered_once(node: Server, reader: httpx.AsyncClient) -> None:
    screens: ScreenRenderer = node.app.state.screens
    await reader.get("/nothing")
    kept = len(screens.rendered)

    answers = [await reader.get(f"/nothing/{number}?{number}") for number in range(5)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len(screens.rendered) == kept


@pytest.mark.parametrize("parameter", ["asOf", "known", "occurred"])
async def test_past_that_is_none_is_no_fault(reader: httpx.AsyncClient, parameter: str) -> None:
    for path in ("/", "/me", "/conduct", "/keys", "/sign-in", "/nothing", "/languages"):
        for text in INSTANTS:
            answer = await reader.get(f"{path}?{parameter}={quote(text)}")
            assert answer.status_code < 500, (path, text)


async def test_screen_without_past_states_shows_none(reader: httpx.AsyncClient) -> None:
    past = await reader.get("/me?known=2018-04-04")

    assert past.status_code == 200
    assert 'data-kind="past"' not in past.text
