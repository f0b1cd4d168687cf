"""Groups that sources name, without a decision or outside the cycles, and how they go on."""

from typing import Any

from intersessional.infra.backend import Backend
from intersessional.infra.importer.history import parse_history
from tests.infra.importer.core_backend import import_and_wait, query_data

PAST = """\
history: past
entries:
  - key: source
    command: ListSource
    occurred: 2014
    sources: [a-source]
    fields: {key: a-source, title: A source}
  - key: year-2014
    command: OpenCycle
    occurred: 2014-01
    sources: [a-source]
    fields: {year: 2014}
  - key: year-2015
    command: OpenCycle
    occurred: 2015-01
    sources: [a-source]
    fields: {year: 2015}
  - key: spam
    command: RecordGroup
    occurred: 2014-03
    sources: [a-source]
    fields: {kind: BPF, name: BPF on Spam, year: 2014}
  - key: spam-theme
    command: RecordThemeYear
    occurred: 2014
    sources: [a-source]
    fields: {theme: spam, year: 2014, group: spam}
  - key: coalition
    command: RecordGroup
    occurred: 2009
    sources: [a-source]
    fields: {kind: DYNAMIC_COALITION, name: Coalition on Accessibility}
  - key: working
    command: RecordDecision
    occurred: 2014-04
    sources: [a-source]
    fields:
      year: 2014
      statement: There is a working group.
      outcomes: [{key: wg, establish: {kind: WORKING_GROUP, name: Working group}}]
  - key: goes-on
    command: RecordDecision
    occurred: 2015-04
    sources: [a-source]
    fields:
      year: 2015
      statement: The working group goes on.
      outcomes: [{renew: {group: wg}}]
  - key: second-name
    command: RenameGroup
    occurred: 2015-09
    sources: [a-source]
    fields: {group: wg, name: Working group on programme, decision: goes-on}
  - key: first-name
    command: RenameGroup
    occurred: 2015-06
    sources: [a-source]
    fields: {group: wg, name: Working group on workshops}
"""

WORKING = """query Working($year: Int!, $asOf: AsOfInput) { cycle(year: $year, asOf: $asOf) {
    groups(kind: "WORKING_GROUP") { nodes { name cycle { year } cycles { year }
      names { nodes { name since { at } } } } } } }"""


async def import_past(backend: Backend) -> None:
    """Import the history of this file."""
    await import_and_wait(backend, parse_history("past.yaml", PAST))


async def working_group(backend: Backend, year: int, instant: str | None = None) -> Any:
    """The working group of a cycle in a state of the record; None if there is none."""
    as_of = None if instant is None else {"occurred": instant}
    answer = await query_data(backend, WORKING, year=year, asOf=as_of)
    nodes = answer["cycle"]["groups"]["nodes"]
    return nodes[0] if nodes else None


async def test_a_renewed_group_is_listed_under_each_cycle_from_its_time_on(
    backend: Backend,
) -> None:
    await import_past(backend)

    now = await working_group(backend, 2014)

    assert await working_group(backend, 2015) == now
    assert (now["cycle"], now["cycles"]) == ({"year": 2015}, [{"year": 2014}, {"year": 2015}])
    assert await working_group(backend, 2015, "2015-03-01T00:00:00Z") is None
    before = await working_group(backend, 2014, "2015-03-01T00:00:00Z")
    assert before["cycle"] == {"year": 2014}


async def test_a_name_told_late_takes_its_place_in_time(backend: Backend) -> None:
    await import_past(backend)

    names = [
        (await working_group(backend, 2014, instant))["name"]
        for instant in ("2015-06-30T00:00:00Z", "2015-07-01T00:00:00Z", "2015-10-01T00:00:00Z")
    ]

    assert names == ["Working group", "Working group on workshops", "Working group on programme"]
    assert (await working_group(backend, 2014))["name"] == "Working group on programme"


async def test_a_group_outside_the_cycles_is_listed_among_all_groups(backend: Backend) -> None:
    await import_past(backend)

    answer = await query_data(
        backend,
        """{ all: groups { totalCount }
             groups(kind: "DYNAMIC_COALITION") {
               totalCount nodes { name cycle { year } cycles { year } decision { id } } }
             cycle(year: 2014) { bpfCapUsed
               groups(kind: "BPF") { nodes { name decision { id } firstEvent { name } } } }
             theme(key: "spam") { years { year title } } }""",
    )

    assert answer == {
        "all": {"totalCount": 3},
        "groups": {
            "totalCount": 1,
            "nodes": [
                {
                    "name": "Coalition on Accessibility",
                    "cycle": None,
                    "cycles": [],
                    "decision": None,
                }
            ],
        },
        "cycle": {
            "bpfCapUsed": 1,
            "groups": {
                "nodes": [
                    {
                        "name": "BPF on Spam",
                        "decision": None,
                        "firstEvent": {"name": "Group.Established"},
                    }
                ]
            },
        },
        "theme": {"years": [{"year": 2014, "title": "BPF on Spam"}]},
    }
