"""Files of history, and what an import of them would record."""

from typing import Any

from tests.graphql.scenario import ForumScenario, new_id

Json = Any

CHECK = """query ($input: ImportCheckInput!) { importCheck(input: $input) {
  refusal { code }
  check { history outcome eventCount
    entries { key line state blockedBy }
    problems { line code message entry }
    events { entry topic occurred { at } subject { id } deviatesFrom { key } } } } }"""
REFUSALS = "... on HistoryRefused { line reason problem } ... on OutcomeChanged { code }"


def file(year: int, *more: str, name: str = "a-year") -> str:
    """A file of history: a source, a cycle and a meeting of a year, and further entries."""
    return (
        f"""\
history: {name}-{year}
entries:
  - key: source
    command: ListSource
    occurred: {year}
    sources: [summary-{year}]
    fields: {{key: summary-{year}, title: A summary}}
  - key: cycle
    command: OpenCycle
    occurred: 2017
    sources: [summary-{year}]
    fields: {{year: {year}}}
  - key: meeting
    command: ScheduleMeeting
    occurred: 2017-03-19/2017-03-22
    sources: [summary-{year}]
    fields: {{year: {year}, ordinal: 1, held: 2017-04-04, label: A meeting}}
""".replace(f"occurred: {year}", "occurred: 2017")
        + "".join(more)
    )


async def check(scenario: ForumScenario, text: str) -> Json:
    """What an import would record."""
    answer = await scenario.secretariat.ask(CHECK, input={"text": text})
    assert answer["importCheck"]["refusal"] is None
    return answer["importCheck"]["check"]


async def record(scenario: ForumScenario, text: str, outcome: str, **fields: Json) -> Json:
    """Import a file that was checked; answers the outcome or the refusal."""
    sent = {"commandId": new_id(), "text": text, "outcome": outcome} | fields
    return await scenario.secretariat.send(
        "importHistory",
        sent,
        "position repeated ... on HistoryImported { historyImport { id key digest entries } }",
        REFUSALS,
    )


BOMB = "history: a\nentries:\n  - &a [x, x]\n  - &b [*a, *a]\n  - [*b, *b]\n"
