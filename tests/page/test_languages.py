"""A reader gets the language that the address, the cookie or the browser names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from intersessional.infra.page.languages import (
    LANGUAGES,
    accepted_language,
    keep_language,
    language_of,
)


def request(query: str = "", cookie: str = "", accept: str = "") -> Request:
    """A request with a query, a cookie and an Accept-Language header."""
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    return Request({"type": "http", "query_string": query.encode(), "headers": headers})


def test_page_speaks_the_six_official_languages_of_the_united_nations() -> None:
    assert list(LANGUAGES) == ["ar", "zh", "en", "fr", "ru", "es"]
    names = [language.name for language in LANGUAGES.values()]
    assert names == ["العربية", "中文", "English", "Français", "Русский", "Español"]
    assert {tag: one.direction for tag, one in LANGUAGES.items() if one.direction != "ltr"} == {
        "ar": "rtl"
    }


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", "en"),
        ("de", "en"),
        ("fr-CA", "fr"),
        ("zh-Hant-TW, en;q=0.8", "zh"),
        ("de-CH, de;q=0.9, ru;q=0.5, es;q=0.7", "es"),
        ("fr;q=0, ru;q=0.1", "ru"),
        ("*", "en"),
        ("ES", "es"),
        (",;q=,fr;q=x", "en"),
    ],
)
def test_language_is_the_one_that_the_browser_prefers(header: str, tag: str) -> None:
    assert accepted_language(header).tag == tag


def test_address_comes_before_the_cookie_and_the_cookie_before_the_browser() -> None:
    assert language_of(request("lang=ar", "lang=fr", "ru")).tag == "ar"
    assert language_of(request("lang=xx", "lang=fr", "ru")).tag == "fr"
    assert language_of(request("", "lang=../etc", "ru")).tag == "ru"


def test_language_that_the_address_names_is_kept_for_other_pages() -> None:
    response = Response()

    keep_language(request("lang=fr"), response)

    assert response.headers["set-cookie"].startswith("lang=fr; HttpOnly; Max-Age=31536000")


@pytest.mark.parametrize("asked", [request(), request("lang=xx"), request("lang=fr", "lang=fr")])
def test_cookie_is_set_only_where_the_language_changes(asked: Request) -> None:
    response = Response()

    keep_language(asked, response)

    assert "set-cookie" not in response.headers


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert accepted_language(header).tag in LANGUAGES
