"""Odd passages are recorded exactly, or refused with a code; never INTERNAL, and never guessed."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

FAMILY = "👩\u200d👩\u200d👧"
ARABIC = "\u2067نص\u2069"
TEXT = f"Ze\u0301ro {FAMILY} {ARABIC} **b**\n`c` &amp; <i> [d](https://example.org) z\u0335\u0336a"
PLAIN = f"Zéro {FAMILY} {ARABIC} b\nc &amp; <i> d z\u0335\u0336a"
"""Its plain text: normalised, without markup, with what only looks like markup."""
REFUSALS = """... on PassageDiffers { field found length } ... on BadValue { field }
    ... on NotFound { kind }"""


@dataclass(frozen=True)
class Attack:
    """A draft of one odd paragraph, and another draft."""

    scenario: ForumScenario
    server: Server
    draft: str
    other: str

    async def send(self, *passages: Json, **fields: Json) -> Json:
        """The answer to a comment with these passages: its id, or the refusal."""
        given = {"draft": self.draft, "body": "Hm.", "passages": [*passages], **fields}
        return await self.scenario.commenter.send(
            "postComment", given, "... on CommentPosted { comment { id } }", refusals=REFUSALS
        )

    async def quotes(self, id: str) -> list[str]:
        data = await self.scenario.commenter.ask(
            "query ($id: ID!) { comment(id: $id) { passages { start end quote state } } }", id=id
        )
        passages = data["comment"]["passages"]
        assert all(one["quote"] == PLAIN[one["start"] : one["end"]] for one in passages)
        assert {one["state"] for one in passages} == {"IN_PLACE"}
        return [one["quote"] for one in passages]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attack(server: Server) -> AsyncGenerator[Attack]:
    async with forum_scenario(server) as scenario:
        group = await scenario.establish()
        done = await scenario.secretariat.do(
            "publishDraft",
            "... on DraftPublished { draft { id blocks { plainText } } }",
            group=group,
            title="A draft",
            blocks=[{"text": TEXT}],
        )
        assert done["draft"]["blocks"] == [{"plainText": PLAIN}]
        other = await scenario.publish(group, blocks=3)
        yield Attack(scenario, server, done["draft"]["id"], other)


def passage(quote: str, start: int, end: int | None = None, block: str = "b1") -> Json:
    end = start + len(quote) if end is None else end
    return {"block": block, "start": start, "end": end, "quote": quote}


def at(start: int, end: int) -> Json:
    return passage(PLAIN[start:end], start, end)


async def test_any_slice_of_the_plain_text_is_a_passage(attack: Attack) -> None:
    family, bidi = PLAIN.index(FAMILY), PLAIN.index("\u2067")
    slices = [
        *(at(0, end) for end in range(1, 6)),
        at(family + 1, family + 3),
        at(family + 2, family + 3),
        at(bidi, bidi + 2),
        at(PLAIN.index("\n"), PLAIN.index("\n") + 1),
        at(PLAIN.index("&amp;"), PLAIN.index(" d")),
        at(len(PLAIN) - 2, len(PLAIN)),
        at(0, len(PLAIN)),
    ]

    posted = await attack.send(*slices)

    assert await attack.quotes(posted["comment"]["id"]) == [one["quote"] for one in slices]


@pytest.mark.parametrize(
    "odd",
    [
        passage("Ze\u0301ro", 0),
        passage("Ze\u0301ro", 0, 4),
        passage("zéro", 0),
        passage("Zéro ", 0, 4),
        passage("\x00", 1),
        passage("**b**", PLAIN.index("b\n")),
        passage("", 0),
        passage("", len(PLAIN)),
        passage("a", -1, len(PLAIN)),
        passage("a", -1, 0),
        passage("Z", 0, 2**31 - 1),
        passage("Z", 2**31 - 2, 2**31 - 1),
        passage("Z", -(2**31), -(2**31) + 1),
        passage("Z", 1, 0),
        passage(PLAIN, 1),
    ],
    ids=repr,
)
async def test_a_quote_that_is_not_exact_is_refused(attack: Attack, odd: Json) -> None:
    head = await attack.server.caught_up()

    refused = await attack.send(at(0, 1), odd)

    start, end = odd["start"], odd["end"]
    inside = 0 <= start < end <= len(PLAIN)
    assert (refused["code"], refused["field"]) == ("PASSAGE_DIFFERS", "passages.1")
    assert (refused["found"], refused["length"]) == (PLAIN[start:end] if inside else "", len(PLAIN))
    assert await attack.server.caught_up() == head


async def test_passages_are_bounded_and_of_this_draft(attack: Attack) -> None:
    fifty = [at(n, n + 1) for n in range(min(50, len(PLAIN)))]
    overlapping = [at(n, n + 5) for n in range(20)]

    answers = {
        "fifty": await attack.send(*fifty),
        "twice": await attack.send(at(0, 3), at(1, 2), at(0, 3)),
        "long": await attack.send(passage("x" * 20_001, 0)),
        "another draft's": await attack.send(passage("Para", 0, block="b3")),
        "no block": await attack.send(passage("Z", 0, block="")),
        "odd block": await attack.send(passage("Z", 0, block="\x00")),
        "revision": await attack.send(at(0, 1), revision=2),
        "blocks": await attack.send(*(passage("Z", 0, block=f"b{n}") for n in range(51))),
    }
    posted = await attack.send(*overlapping)

    assert {name: one["code"] for name, one in answers.items()} == {
        "fifty": "BAD_VALUE",
        "twice": "BAD_VALUE",
        "long": "BAD_VALUE",
        "another draft's": "NOT_FOUND",
        "no block": "NOT_FOUND",
        "odd block": "NOT_FOUND",
        "revision": "NOT_FOUND",
        "blocks": "BAD_VALUE",
    }
    assert len(await attack.quotes(posted["comment"]["id"])) == 20


async def test_numbers_that_are_no_places_are_errors_of_the_request(attack: Attack) -> None:
    query = """mutation ($input: PostCommentInput!) { postComment(input: $input) { __typename } }"""
    for start in (0.5, 2**31, "0", None, True, [0]):
        given = {"draft": attack.draft, "body": "Hm.", "passages": [at(0, 1) | {"start": start}]}
        answer = await attack.scenario.commenter.answer(query, input=given)
        codes = {one["extensions"]["code"] for one in answer["errors"]}
        assert codes
        assert "INTERNAL" not in codes
