"""Outlines of groups, which elements they and the drafts have, and one element read over all."""

import pytest

from tests.graphql.scenario import ForumScenario, Json
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECTIONS = [
    {"title": "Cases"},
    {"title": "What it is", "element": "DEFINITION_OF_ISSUES"},
    {"title": "Insights", "element": "INSIGHTS"},
]
BLOCKS = [
    {"text": "The issues", "kind": "HEADING", "element": "DEFINITION_OF_ISSUES"},
    {"text": "It is old."},
    {"text": "Much was learned.", "element": "INSIGHTS"},
    {"text": "Elsewhere", "kind": "HEADING"},
    {"text": "Nothing of it."},
    {"text": "Such cases", "kind": "HEADING", "section": "s1"},
    {"text": "One case."},
]
COVERAGE = """query ($year: Int!, $group: ID!) {
    cycle(year: $year) {
        elementCoverage { nodes {
            group { id } outline { number } draft { id }
            elements { element section { sectionId } blockCount } } }
        element(key: DEFINITION_OF_ISSUES) { nodes {
            group { id } draft { id } revision section { title } blockCount
            blocks { blockId text } } } }
    group(id: $group) {
        deviations { nodes { ruleKey subject { ... on Outline { id } } facts { name word } } }
        outline { id cycle { year } group { id } draft { id } isInOrder missingElements
            deviations { totalCount }
            sections { sectionId title element blockCount blocks { section text } } } } }"""


async def define(scenario: ForumScenario, group: str, sections: Json) -> str:
    """Define the outline of a group; answers its id."""
    done = await scenario.secretariat.do(
        "defineOutline",
        "... on OutlineDefined { outline { id } }",
        group=group,
        year=scenario.year,
        sections=sections,
    )
    return str(done["outline"]["id"])


async def test_elements_are_counted_in_outlines_and_drafts_and_read_over_all_groups(
    scenario: ForumScenario,
) -> None:
    group, idle = await scenario.establish(), await scenario.establish("An idle group")
    outline = await define(scenario, group, SECTIONS)
    draft = await scenario.publish(group)
    await scenario.secretariat.do("reviseDraft", draft=draft, blocks=BLOCKS)

    answer = await scenario.secretariat.ask(COVERAGE, year=scenario.year, group=group)

    covered, nothing = answer["cycle"]["elementCoverage"]["nodes"]
    assert (covered["group"]["id"], covered["draft"]["id"]) == (group, draft)
    cells = {one.pop("element"): one for one in covered["elements"]}
    assert cells["DEFINITION_OF_ISSUES"] == {"section": {"sectionId": "s2"}, "blockCount": 2}
    assert cells["INSIGHTS"] == {"section": {"sectionId": "s3"}, "blockCount": 1}
    assert cells["UNRESOLVED_ISSUES"] == {"section": None, "blockCount": 0}
    assert list(cells)[-1] == "CARRY_FORWARD"
    assert (nothing["group"]["id"], nothing["outline"], nothing["draft"]) == (idle, None, None)
    assert {one["blockCount"] for one in nothing["elements"]} == {None}

    read, unwritten = answer["cycle"]["element"]["nodes"]
    assert read == {
        "group": {"id": group},
        "draft": {"id": draft},
        "revision": 2,
        "section": {"title": "What it is"},
        "blockCount": 2,
        "blocks": [
            {"blockId": "b3", "text": "The issues"},
            {"blockId": "b4", "text": "It is old."},
        ],
    }
    assert (unwritten["blocks"], unwritten["revision"]) == ([], None)

    found = answer["group"]["outline"]
    assert (found["id"], found["cycle"]["year"]) == (outline, scenario.year)
    assert (found["isInOrder"], len(found["missingElements"])) == (True, 6)
    assert [(one["title"], one["blockCount"]) for one in found["sections"]] == [
        ("Cases", 2),
        ("What it is", 2),
        ("Insights", 1),
    ]
    assert found["sections"][0]["blocks"] == [
        {"section": "s1", "text": "Such cases"},
        {"section": None, "text": "One case."},
    ]
    assert found["deviations"]["totalCount"] == 1
    [deviation] = answer["group"]["deviations"]["nodes"]
    assert deviation["subject"] == {"id": outline}
    assert len(deviation["facts"]) == 6


async def test_coverage_and_reader_cost_no_statement_for_each_group(
    scenario: ForumScenario, server: Server
) -> None:
    reads: list[list[str]] = []
    group, answer = "", dict[str, Json]()
    for count in (1, 7):
        for number in range(count):
            group = await scenario.establish(f"Group {count} {number}")
            await define(scenario, group, SECTIONS)
            draft = await scenario.publish(group)
            await scenario.secretariat.do("reviseDraft", draft=draft, blocks=BLOCKS)
        await server.caught_up()
        async with counted_statements(server.backend) as statements:
            answer = await scenario.secretariat.ask(COVERAGE, year=scenario.year, group=group)
        reads.append([one for one in statements if "pages_" in one or "documents_" in one])

    assert len(answer["cycle"]["element"]["nodes"]) == 8
    # Which documents are read together depends on the order in which answers come.
    assert all(5 <= len(one) <= 10 for one in reads), reads


async def test_section_keeps_its_id_in_the_next_version(scenario: ForumScenario) -> None:
    outline = await define(scenario, await scenario.establish(), SECTIONS)
    sections = [SECTIONS[2] | {"id": "s3", "title": "What was learned"}, SECTIONS[0]]

    await scenario.secretariat.do("reviseOutline", outline=outline, sections=sections)

    query = "query ($id: ID!) { outline(id: $id) { number sections { sectionId title } } }"
    answer = await scenario.secretariat.ask(query, id=outline)
    assert answer["outline"] == {
        "number": 2,
        "sections": [
            {"sectionId": "s3", "title": "What was learned"},
            {"sectionId": "s4", "title": "Cases"},
        ],
    }


async def test_comment_shows_how_much_of_its_block_is_still_there(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish(), blocks=3)
    comment = (await scenario.comment(draft, blocks=["b1", "b2", "b3"]))["comment"]["id"]
    blocks = [
        {"id": "b1", "text": "Paragraph 1."},
        {"id": "b2", "text": "Nobody knows"},
    ]

    await scenario.secretariat.do("reviseDraft", draft=draft, blocks=blocks)

    query = """query ($id: ID!) {
        comment(id: $id) { commentedBlocks { blockId state keptPercent } } }"""
    answer = await scenario.secretariat.ask(query, id=comment)
    assert answer["comment"]["commentedBlocks"] == [
        {"blockId": "b1", "state": "UNCHANGED", "keptPercent": 100},
        {"blockId": "b2", "state": "CHANGED", "keptPercent": 0},
        {"blockId": "b3", "state": "REMOVED", "keptPercent": None},
    ]
