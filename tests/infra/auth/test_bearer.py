"""The bearer token of a request."""

import pytest

from intersessional.infra.auth.bearer import from_header, from_init
from intersessional.infra.auth.errors import InvalidToken


@pytest.mark.parametrize("header", ["Bearer a.b.c", "bearer a.b.c", "  BEARER   a.b.c  "])
def test_token_follows_the_word_bearer(header: str) -> None:
    assert from_header(header) == "a.b.c"


def test_request_without_a_header_has_no_token() -> None:
    assert from_header(None) is None


@pytest.mark.parametrize("header", ["", " ", "a.b.c", "Bearer", "Bearer  ", "Basic bWU6aHVzaA=="])
def test_authorization_of_another_scheme_is_refused(header: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        from_header(header)

    assert refused.value.code == "TOKEN_REFUSED"
    assert "bWU6aHVzaA" not in str(refused.value)


@pytest.mark.parametrize("key", ["authorization", "Authorization", "AUTHORIZATION"])
def test_connection_init_carries_the_token(key: str) -> None:
    assert from_init({key: "Bearer a.b.c", "other": 1}) == "a.b.c"


@pytest.mark.parametrize("params", [None, {}, {"other": "x"}, {"authorization": None}])
def test_connection_init_without_a_token_has_none(params: object) -> None:
    assert from_init(params) is None


@pytest.mark.parametrize(
    "params",
    [
        [],
        "Bearer a.b.c",
        {"authorization": 7},
        {"authorization": {"token": "a.b.c"}},
        {"authorization": "a.b.c"},
        {"authorization": "Bearer a.b.c", "Authorization": "Bearer d.e.f"},
    ],
)
def test_connection_init_of_another_form_is_refused(params: object) -> None:
    with pytest.raises(InvalidToken):
        from_init(params)
