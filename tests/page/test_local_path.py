"""After signing in, a browser goes on at an address of this server and nowhere else."""

import pytest

from intersessional.infra.page.local_path import local_path


@pytest.mark.parametrize("path", ["/", "/drafts/1?asOf=7#c-2", "/me", "/a//b", "/%2F%2Fevil"])
def test_path_of_this_server_is_taken(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        7,
        "",
        "drafts/1",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: session=x",
        "/\u00e9",
        "/\u2028",
        "/\x7f",
        "/" + "a" * 1_000,
    ],
)
def test_anything_else_leads_home(path: object) -> None:
    assert local_path(path) == "/"
