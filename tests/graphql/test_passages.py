"""A comment says where the passages stand that it is about, exactly or not at all."""

import pytest

from tests.graphql.client import Json
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSAGES = """query ($id: ID!, $asOf: AsOfInput) { comment(id: $id, asOf: $asOf) {
    blocks passages { block revision start end quote state now { revision start end } } } }"""
FACTS = "... on PassageDiffers { field block revision start end found length }"
BEGINNING = {"block": "b1", "start": 0, "end": 4, "quote": "Para"}
NUMBER = {"block": "b1", "start": 10, "end": 11, "quote": "1"}
SECOND = {"block": "b2", "start": 4, "end": 9, "quote": "graph"}


async def passages(scenario: ForumScenario, id: str, as_of: Json = None) -> list[Json]:
    data = await scenario.commenter.ask(PASSAGES, id=id, asOf=as_of)
    found: list[Json] = data["comment"]["passages"]
    return found


async def revise(scenario: ForumScenario, draft: str, **texts: str) -> int:
    """Publish a further revision of these blocks; answers its position."""
    blocks = [{"id": id, "text": text} for id, text in texts.items()]
    return int(
        (await scenario.secretariat.do("reviseDraft", draft=draft, blocks=blocks))["position"]
    )


async def test_passages_are_shown_where_they_stand(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    given = [BEGINNING, NUMBER, SECOND]
    id = (await scenario.comment(draft, blocks=["b2"], passages=given))["comment"]["id"]

    data = await scenario.commenter.ask(PASSAGES, id=id)

    assert data["comment"]["blocks"] == ["b2", "b1"]
    assert data["comment"]["passages"] == [
        {
            "block": one["block"],
            "revision": 1,
            "start": one["start"],
            "end": one["end"],
            "quote": one["quote"],
            "state": "IN_PLACE",
            "now": {"revision": 1, "start": one["start"], "end": one["end"]},
        }
        for one in given
    ]


@pytest.mark.parametrize(
    ("text", "state", "start"),
    [
        ("Paragraph 1.", "IN_PLACE", 10),
        ("Paragraph 123 and 1.", "IN_PLACE", 10),
        ("*Paragraph* `1`.", "IN_PLACE", 10),
        ("The first, paragraph 1.", "MOVED", 21),
        ("👩 1", "MOVED", 2),
        ("1, then 1", "ORPHANED", None),
        ("Paragraph one.", "ORPHANED", None),
        ("x" * 11 + "11", "ORPHANED", None),
    ],
)
async def test_passage_is_in_place_or_moved_or_lost_but_never_guessed(
    scenario: ForumScenario, text: str, state: str, start: int | None
) -> None:
    draft = await scenario.publish(await scenario.establish())
    id = (await scenario.comment(draft, passages=[NUMBER]))["comment"]["id"]
    position = await revise(scenario, draft, b2="Another.", b1=text)

    (now,) = await passages(scenario, id)
    (then,) = await passages(scenario, id, {"position": position - 1})

    place = None if start is None else {"revision": 2, "start": start, "end": start + 1}
    assert (now["state"], now["now"]) == (state, place)
    assert (now["revision"], now["start"], now["quote"]) == (1, 10, "1")
    assert then == now | {"state": "IN_PLACE", "now": {"revision": 1, "start": 10, "end": 11}}


async def test_passage_of_a_removed_block_is_lost(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    id = (await scenario.comment(draft, passages=[NUMBER]))["comment"]["id"]
    await revise(scenario, draft, b2="Paragraph 1.")

    (now,) = await passages(scenario, id)

    assert (now["state"], now["now"], now["quote"]) == ("ORPHANED", None, "1")


async def test_quote_that_does_not_stand_there_is_refused_with_what_does(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    fields = {"draft": draft, "body": "Well said.", "passages": [NUMBER, BEGINNING | {"end": 6}]}
    head = await server.caught_up()

    refused = await scenario.commenter.send("postComment", fields, refusals=FACTS)

    assert {name: refused[name] for name in refused if name not in ("__typename", "message")} == {
        "code": "PASSAGE_DIFFERS",
        "field": "passages.1",
        "block": "b1",
        "revision": 1,
        "start": 0,
        "end": 6,
        "found": "Paragr",
        "length": 12,
    }
    assert await server.caught_up() == head


async def test_withdrawn_comment_shows_no_quote_in_any_state(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    posted = await scenario.comment(draft, passages=[NUMBER])
    id = posted["comment"]["id"]
    await scenario.commenter.do("withdrawComment", comment=id)

    for as_of in (None, {"position": posted["position"]}):
        (passage,) = await passages(scenario, id, as_of)
        assert passage == {
            "block": "b1",
            "revision": 1,
            "start": 10,
            "end": 11,
            "quote": None,
            "state": "ORPHANED",
            "now": None,
        }


async def test_passages_of_many_comments_cost_as_many_statements_as_those_of_one(
    scenario: ForumScenario, server: Server
) -> None:
    query = """query ($draft: ID!) { draft(id: $draft) { comments(first: 50) { nodes {
        passages(first: 3) { quote state now { start end } } } } } }"""
    draft = await scenario.publish(await scenario.establish(), blocks=2)
    costs: list[int] = []
    for comments in (1, 9):
        for _ in range(comments):
            await scenario.comment(draft, passages=[NUMBER, SECOND])
        async with counted_statements(server.backend) as statements:
            data = await scenario.commenter.ask(query, draft=draft)
        found = [one["passages"] for one in data["draft"]["comments"]["nodes"]]
        assert {passage["state"] for one in found for passage in one} == {"IN_PLACE"}
        costs.append(len([one for one in statements if "revealed_texts" in one]))

    assert costs[0] == costs[1] <= 2
