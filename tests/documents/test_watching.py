"""The page on watching is held to the socket and to the schema."""

import re
from pathlib import Path

import pytest
from graphql import parse, validate

from tests.composed import installed_node

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "watching.md").read_text()
SOCKET = "".join(
    (ROOT / "intersessional" / "infra" / "websocket" / name).read_text()
    for name in ("graphql_socket.py", "raw_frames.py")
)

DOCUMENTS = [
    *re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL),
    *re.findall(r'"(subscription .*?)"', PAGE),
]


def test_close_codes_of_the_page_are_those_of_the_socket() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE)
    codes = re.findall(r"\d{4}", " ".join(rows))

    of_the_library = ["1009"]
    own = re.findall(r"\b(?:10|4\d)\d\d\b", SOCKET)
    assert sorted(codes) == sorted([*own, *of_the_library])


@pytest.mark.parametrize("text", DOCUMENTS)
def test_document_that_the_page_shows_is_valid(text: str) -> None:
    assert validate(installed_node().schema.core, parse(text)) == []


def test_page_shows_five_documents() -> None:
    assert len(DOCUMENTS) == 5
