"""What the page on watching tells clients is so."""

import re
from pathlib import Path

import pytest
from graphql import parse, validate

from intersessional.plugins.composition import installed_plugins

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "watching.md").read_text()
SOCKET = (ROOT / "intersessional" / "infra" / "websocket" / "graphql_socket.py").read_text()

DOCUMENTS = [
    *re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL),
    *re.findall(r'"(subscription .*?)"', PAGE),
]


def test_every_code_with_which_a_socket_is_closed_is_told_and_no_other() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE)
    told = re.findall(r"\d{4}", " ".join(rows))

    assert sorted(told) == sorted(re.findall(r"\b(?:10|4\d)\d\d\b", SOCKET))


@pytest.mark.parametrize("text", DOCUMENTS)
def test_every_document_that_it_shows_is_valid(text: str) -> None:
    assert validate(installed_plugins().schema().core, parse(text)) == []


def test_it_shows_documents() -> None:
    assert len(DOCUMENTS) == 2
