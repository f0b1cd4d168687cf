"""What the tests of the page read of its screens, and of the API beside them."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.graphql.server import Server
from tests.recorded import Recorded

Json = Any


async def screen(reader: httpx.AsyncClient, address: str) -> str:
    """The HTML of a screen."""
    answer = await reader.get(address)
    assert answer.status_code == 200, (address, answer.text[-600:])
    return answer.text


def links(html: str, noun: str) -> list[str]:
    """The addresses of the screens of a noun that a screen links to, each once."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return list(dict.fromkeys(re.findall(rf'href="(/{noun}/[^"]+)"', main)))


def ids(addresses: list[str]) -> set[str]:
    """The last parts of addresses."""
    return {urlsplit(address).path.rpartition("/")[2] for address in addresses}


def text(html: str) -> str:
    """What is read of a screen or a part of it, with one kind of space and of dash."""
    main = html.partition("<main")[2] or html
    spaced = re.sub(r"<(?=li|p|h\d|td|th|d[dt])", " <", main.partition("</main>")[0])
    words = re.sub(r"<[^>]+>", "", spaced)
    return " ".join(re.sub("[\u2013\u2014]", "-", words).split())


async def first_comment(node: Server, record: Recorded) -> Json:
    """The first comment on record."""
    query = "query ($id: ID!) { draft(id: $id) { comments(first: 1) { nodes { id position } } } }"
    return (await asked(node, query, id=str(record.draft)))["draft"]["comments"]["nodes"][0]


async def asked(node: Server, query: str, **variables: Json) -> Json:
    """The answer of the API."""
    async with await node.client() as client:
        return await client.ask(query, **variables)
