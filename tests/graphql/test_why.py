"""Why something is as it is, told of what is recorded live."""

from typing import Any

import pytest
import pytest_asyncio

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY = """query ($id: ID!) { why(subject: $id) { steps {
  number reasonOf kind sentence text status facts { name number word }
  subject { id ... on Deviation { role person { id } } } event { name } } } }"""


@pytest_asyncio.fixture(loop_scope="session")
async def approved(scenario: ForumScenario) -> dict[str, Any]:
    """A decision on two proposals, which were merged without the agreement of their proposers."""
    proposals = [await scenario.propose("AI"), await scenario.propose("Big data")]
    before = (await scenario.decide_on_list())["decision"]["id"]
    merge = {"proposals": proposals, "title": "AI and data"}
    merged = await scenario.decide_on_list(
        {"merge": merge},
        assessment=await scenario.assess(),
        basis=[before],
        overrides=[{"rule": "MERGER_AGREED", "rationale": "One cannot be reached."}],
    )
    return {"decision": merged["decision"]["id"], "basis": before, "proposals": proposals}


async def why(scenario: ForumScenario, id: str) -> Any:
    return (await scenario.member.ask(WHY, id=id))["why"]


def of_kind(chain: Any, kind: str) -> Any:
    """The first step of this kind."""
    return next(one for one in chain["steps"] if one["kind"] == kind)


async def test_decision_rests_on_its_reasons_its_basis_and_the_assessment(
    scenario: ForumScenario, approved: dict[str, Any]
) -> None:
    chain = await why(scenario, approved["decision"])

    assert [one["reasonOf"] for one in chain["steps"]][:2] == [None, 1]
    rationale = of_kind(chain, "RATIONALE")
    assert rationale["text"] == "It matters, and it can be carried."
    assert (rationale["status"], rationale["reasonOf"]) == ("GIVEN", 1)
    assert rationale["sentence"] == "Who decided gave reasons."
    assert of_kind(chain, "METHOD")["status"] == "NOT_GIVEN"
    assert of_kind(chain, "BASIS")["subject"]["id"] == approved["basis"]
    assert of_kind(chain, "ASSESSMENT")["facts"] == [
        {"name": "capacity", "number": 5, "word": None}
    ]


async def test_deviation_tells_who_and_why(
    scenario: ForumScenario, approved: dict[str, Any]
) -> None:
    query = "query ($id: ID!) { decision(id: $id) { outcomes { subject { id } } } }"
    found = await scenario.member.ask(query, id=approved["decision"])
    [merged] = [one["subject"]["id"] for one in found["decision"]["outcomes"]]

    chain = await why(scenario, merged)

    rule = {"name": "rule", "number": None, "word": "MERGER_AGREED"}
    [deviation] = [one for one in chain["steps"] if rule in one["facts"]]
    assert (deviation["kind"], deviation["reasonOf"]) == ("DEVIATION", 1)
    assert deviation["text"] == "One cannot be reached."
    assert deviation["subject"]["role"] == "SECRETARIAT"
    assert deviation["subject"]["person"]["id"] == str(scenario.secretariat.person)
    sources = [one["subject"]["id"] for one in chain["steps"] if one["kind"] == "MERGED"]
    assert sources == approved["proposals"]


async def test_decision_that_another_one_superseded_leads_to_it(scenario: ForumScenario) -> None:
    first = (await scenario.decide_on_list())["decision"]["id"]
    second = (await scenario.decide_on_list())["decision"]["id"]
    await scenario.secretariat.do("supersedeDecision", decision=first, by=second)

    chain = await why(scenario, first)

    assert of_kind(chain, "SUPERSEDED_BY")["subject"]["id"] == second
    numbers = [one["number"] for one in chain["steps"]]
    assert numbers == [*range(1, len(numbers) + 1)]


async def test_what_is_not_on_record_has_no_reasons(scenario: ForumScenario) -> None:
    assert await why(scenario, "00000000-0000-0000-0000-000000000000") is None
