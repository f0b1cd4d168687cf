"""A file of history is checked by the Secretariat before it is recorded, and nothing else is."""

import pytest

from tests.graphql.history_files import BOMB, check, file, record
from tests.graphql.scenario import ForumScenario, new_id, new_year
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def events_after(scenario: ForumScenario, position: int) -> list[tuple[str, str, str | None]]:
    """The topics, times and roles of the events after a position."""
    answer = await scenario.secretariat.ask(
        """query ($after: String) { auditTrail(first: 50, after: $after) {
          nodes { topic occurred { at } role } } }""",
        after=str(position),
    )
    nodes = answer["auditTrail"]["nodes"]
    return [(one["topic"], one["occurred"]["at"], one["role"]) for one in nodes]


async def test_what_is_recorded_is_what_the_check_has_shown(
    scenario: ForumScenario, server: Server
) -> None:
    text = file(new_year())
    before = await server.caught_up()
    shown = await check(scenario, text)
    after_check = await server.caught_up()

    done = await record(scenario, text, shown["outcome"], commandId=(id := new_id()))
    recorded = await events_after(scenario, before)
    again = await record(scenario, text, shown["outcome"], commandId=id)
    async with counted_statements(server.backend) as statements:
        second = await check(scenario, text)

    assert sum("FROM commands" in one for one in statements) == 1, "one for all entries"
    assert after_check == before
    assert [one["state"] for one in shown["entries"]] == ["NEW"] * 3
    assert [one["line"] for one in shown["entries"]] == [3, 8, 13]
    assert shown["problems"] == []
    [imported, *events] = recorded
    assert (imported[0], imported[2]) == ("history_import.recorded.v1", "SECRETARIAT")
    assert [(topic, at) for topic, at, _ in events] == [
        (one["topic"], one["occurred"]["at"]) for one in shown["events"]
    ]
    assert {role for _, _, role in events} == {"OPERATOR"}
    assert done["historyImport"]["entries"] == 3
    assert (again["position"], again["repeated"]) == (done["position"], True)
    assert [one["state"] for one in second["entries"]] == ["RECORDED"] * 3
    assert second["outcome"] is None


async def test_every_refusal_is_shown_with_its_line_and_nothing_is_recorded(
    scenario: ForumScenario, server: Server
) -> None:
    year = new_year()
    text = file(
        year,
        f"""\
  - key: again
    command: OpenCycle
    occurred: 2017
    sources: [summary-{year}]
    fields: {{year: {year}}}
  - key: item
    command: SetAgenda
    occurred: 2017-04-03
    sources: [summary-{year}]
    fields: {{meeting: lost, items: []}}
  - key: lost
    command: ScheduleMeeting
    occurred: 2017-03-19
    sources: [summary-{year}]
    fields: {{year: {year}, ordinal: 0, held: 2017-04-05, label: Another}}
  - key: cancelled
    command: CancelMeeting
    occurred: 2017-04-01
    sources: [summary-{year}]
    fields: {{meeting: lost, reason: Nobody could come.}}
  - key: spoken-for
    command: RaiseQuestion
    occurred: 2017-04-01
    by: {scenario.member.person}
    sources: [summary-{year}]
    fields: {{year: {year}, question: Who pays}}
""",
    )
    before = await server.caught_up()

    shown = await check(scenario, text)
    refused = await record(scenario, text, "0" * 64)

    assert [(one["line"], one["code"], one["entry"]) for one in shown["problems"]] == [
        (18, "ALREADY_RECORDED", "again"),
        (27, "DANGLING_REFERENCE", "item"),
        (32, "BAD_VALUE", "lost"),
        (41, "NOT_FOR_SECRETARIAT", "spoken-for"),
    ]
    states = {one["key"]: one["state"] for one in shown["entries"]}
    assert states["meeting"] == "NEW"
    assert states["cancelled"] == "UNCHECKED"
    assert shown["entries"][-2]["blockedBy"] == "lost"
    assert shown["outcome"] is None
    assert (refused["code"], refused["line"]) == ("HISTORY_REFUSED", 27)
    assert await server.caught_up() == before


async def test_import_is_refused_where_the_record_has_changed_since_the_check(
    scenario: ForumScenario, server: Server
) -> None:
    text = file(year := new_year())
    shown = await check(scenario, text)
    other = text[: text.index("  - key: meeting")]
    await record(scenario, other, (await check(scenario, other))["outcome"])
    before = await server.caught_up()

    refused = await record(scenario, text, shown["outcome"])
    shown = await check(scenario, text)
    done = await record(scenario, text, shown["outcome"])

    assert refused["code"] == "OUTCOME_CHANGED"
    assert [one["state"] for one in shown["entries"]] == ["RECORDED", "RECORDED", "NEW"]
    assert [topic for topic, _, _ in await events_after(scenario, before)] == [
        "history_import.recorded.v1",
        "meeting.scheduled.v1",
    ]
    assert done["historyImport"]["key"] == f"a-year-{year}"


HOSTILE = {
    # A file; the line, the code and the beginning of the message of what is wrong.
    "bomb": (BOMB, 4, "NOT_YAML", "an alias (*)"),
    "nested": ("history: " + "[" * 5_000, 1, "NOT_YAML", "it is nested more than 20"),
    "too large": ("#" * 89_999, 1, "TOO_LARGE", "a file has at most 80000 bytes"),
    "many entries": ("", 603, "TOO_LARGE", "a file has at most 200 entries"),
    "binary": ("MZ\x90\x00\x03\x00\x00\x00", 1, "NOT_YAML", "special characters"),
    "another type": ("<!doctype html>\n<p>No.</p>", 1, "WRONG_TYPE", "names with values"),
    "bidi": ("", 17, "BAD_VALUE", "meeting: label:"),
    "tag": ("history: !!python/name:os.system x\nentries: []", 1, "WRONG_TYPE", "history:"),
    "empty": ("", 1, "NOT_YAML", "the file is empty"),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_file_is_refused_with_a_code_and_its_line(
    scenario: ForumScenario, kind: str
) -> None:
    text, line, code, message = HOSTILE[kind]
    year = new_year()
    match kind:
        case "many entries":
            text = f"history: many-{year}\nentries:\n" + "".join(
                f"  - {{key: k{n}, command: OpenCycle, occurred: 2017,\n"
                f"     sources: [a],\n     fields: {{year: {year}}}}}\n"
                for n in range(202)
            )
        case "bidi":
            text = file(year).replace("label: A meeting", "label: \u202eA meeting")
        case _:
            pass

    shown = await check(scenario, text)

    [problem] = shown["problems"]
    assert (problem["line"], problem["code"]) == (line, code), problem
    assert problem["message"].startswith(message)
    assert shown["outcome"] is None
