"""The recorded facts of 2018, with their times, and what no source says."""

from collections import Counter
from collections.abc import AsyncGenerator

import pytest

from intersessional.domain.kernel.act import Citation, Ground
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import source_id
from intersessional.infra.backend import Backend
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.sources import SOURCES
from tests.infra.importer.core_backend import query_data
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH, cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_last_day_for_written_proposals_was_set_two_days_later(
    backend: Backend,
) -> None:
    assert (await cycle(backend, "proposalsDueOn", END_OF_THE_FOURTH))["proposalsDueOn"] is None

    deadlines = """proposalDeadlines { nodes { dueOn timeZone endsAt since { at }
        setBy { displayName } meeting { kind ordinal } decision { id } } }"""
    assert (await cycle(backend, deadlines))["proposalDeadlines"]["nodes"] == [
        {
            "dueOn": None,
            "timeZone": None,
            "endsAt": None,
            "since": {"at": "2018-04-04"},
            "setBy": None,
            "meeting": {"kind": "VIRTUAL", "ordinal": 2},
            "decision": None,
        },
        {
            "dueOn": "2018-04-12",
            "timeZone": None,
            "endsAt": "2018-04-13T00:00:00.000000Z",
            "since": {"at": "2018-04-06"},
            "setBy": {"displayName": "Lynn St. Amour"},
            "meeting": None,
            "decision": None,
        },
    ]

    fields = """proposalsDueOn history(first: 100) {
        nodes { name role person { displayName } occurred { at } } }"""
    answer = await cycle(backend, fields, "2018-04-07T00:00:00Z")

    assert answer["proposalsDueOn"] == "2018-04-12"
    assert answer["history"]["nodes"][-1] == {
        "name": "Cycle.ProposalDeadlineSet",
        "role": "MAG_CHAIR",
        "person": {"displayName": "Lynn St. Amour"},
        "occurred": {"at": "2018-04-06"},
    }


async def test_roles_have_the_precision_of_their_sources(
    backend: Backend,
) -> None:
    people = [
        participant
        async for participant in _participants(backend)
        if participant["roles"] or participant["displayName"] == "Markus Kummer"
    ]

    assert people == [
        _person("Lynn St. Amour", ("MAG_CHAIR", "2016", "2016", "2019-11")),
        _person("Chengetai Masango", ("SECRETARIAT", None, "2018-04-04", None)),
        _person("Markus Kummer"),
        _person("Renata Aquino Ribeiro", ("MAG_MEMBER", None, "2018-07-16", None)),
        _person("Ben Wallis", ("MAG_MEMBER", None, "2018-09", None)),
    ]


@pytest.mark.parametrize(
    ("role", "name"), [("MAG_CHAIR", "Lynn St. Amour"), ("SECRETARIAT", "Chengetai Masango")]
)
async def test_a_role_was_held_on_4_april(backend: Backend, role: str, name: str) -> None:
    query = """query ($role: Role!) { roleHolders(role: $role, at: "2018-04-04T12:00:00Z") {
        nodes { participant { displayName } } } }"""

    answer = await query_data(backend, query, role=role)

    assert answer["roleHolders"]["nodes"] == [{"participant": {"displayName": name}}]


async def test_nobody_is_claimed_for_the_secretariat_in_march(backend: Backend) -> None:
    """No source tells who represented it at the meeting of 19 to 22 March."""
    query = """{ roleHolders(role: SECRETARIAT, at: "2018-03-20T12:00:00Z") { totalCount } }"""

    assert (await query_data(backend, query))["roleHolders"] == {"totalCount": 0}


async def test_six_weeks_rest_on_the_note_and_on_no_decision(backend: Backend) -> None:
    fields = """policy(key: "COMMENT_WINDOW_WEEKS") { value since { at } decision { id }
      source { key } rationaleStatus supersedes { value } }"""

    weeks = (await cycle(backend, fields))["policy"]

    assert weeks == {
        "value": 6,
        "since": {"at": "2018-04-03"},
        "decision": None,
        "source": {"key": "bpf-background-note-2018-04-03"},
        "rationaleStatus": "NOT_IN_SOURCES",
        "supersedes": None,
    }


async def test_admitted_groups_are_four_forums_the_cenb_and_five_working_groups(
    backend: Backend,
) -> None:
    fields = """groups(first: 50) { nodes { kind { key } name
      facilitators { participant { displayName } magMember } } }"""

    groups = (await cycle(backend, fields))["groups"]["nodes"]

    kinds = Counter(group["kind"]["key"] for group in groups)
    assert kinds == {"BPF": 4, "CENB": 1, "WORKING_GROUP": 5}
    working = [group["name"] for group in groups if group["kind"]["key"] == "WORKING_GROUP"]
    short = [name.split("(")[-1] for name in working]
    assert sorted(short) == ["WG-FUN)", "WG-IMP)", "WG-MWP)", "WG-OE)", "WG-WREP)"]
    led = {
        group["name"]: [
            (one["participant"]["displayName"], one["magMember"]) for one in group["facilitators"]
        ]
        for group in groups
        if group["facilitators"]
    }
    assert led == {
        "BPF on Cybersecurity": [("Markus Kummer", None), ("Ben Wallis", True)],
        "BPF on Gender and Access": [("Renata Aquino Ribeiro", True)],
        "BPF on Local Content": [("Giacomo Mazzone", None)],
    }


async def test_group_has_the_name_of_its_time(backend: Backend) -> None:
    fields = 'groups(kind: "BPF", first: 1) { nodes { name } }'

    names = [
        (await cycle(backend, fields, instant))["groups"]["nodes"][0]["name"]
        for instant in ("2018-08-01T00:00:00Z", "2018-11-12T00:00:00Z")
    ]

    assert names == [
        "BPF on Artificial Intelligence (AI), Internet of Things (IoT) and Big Data",
        "BPF on Internet of Things (IoT), Big Data and Artificial Intelligence (AI)",
    ]


async def test_themes_are_listed_since_2014(backend: Backend) -> None:
    query = "{ themes(first: 50) { nodes { key years { year } } } }"

    themes = (await query_data(backend, query))["themes"]["nodes"]

    years = {theme["key"]: [worked["year"] for worked in theme["years"]] for theme in themes}
    assert Counter(year for worked in years.values() for year in worked) == {
        2014: 5,
        2015: 6,
        2016: 4,
        2017: 3,
        2018: 4,
    }
    assert years["cybersecurity"] == [2016, 2017, 2018]
    assert years["local-content"] == [2014, 2017, 2018]
    assert years["gender"] == [2015, 2016, 2017, 2018]
    assert years["internet-of-things-big-data-ai"] == [2018]


async def test_event_names_only_listed_sources(backend: Backend) -> None:
    head = await backend.record.head()
    recorded = await backend.record.read(after=0, first=head, until=head)

    events = [one.event for one in recorded if isinstance(one.event, DomainEvent)]

    assert len(events) == head
    assert {event.act.provenance.ground for event in events} == {Ground.IMPORTED, Ground.INFERRED}
    assert all(event.act.provenance.sources for event in events)
    assert Citation("mag-summary-2018-04-04", "paragraph 3") in {
        cited for event in events for cited in event.act.provenance.sources
    }
    cited = {source_id(one.key) for event in events for one in event.act.provenance.sources}
    assert set(await backend.reader.get(SOURCES, cited, AsOf(head))) == cited


async def _participants(backend: Backend) -> AsyncGenerator[dict[str, object]]:
    trail = "{ auditTrail(first: 100) { nodes { name stream } } }"
    one = """query ($id: ID!) { participant(id: $id) {
      displayName roles { role since { at } knownFrom { at } until { at } } } }"""
    for event in (await query_data(backend, trail))["auditTrail"]["nodes"]:
        if event["name"] == "Participant.Registered":
            yield (await query_data(backend, one, id=event["stream"]))["participant"]


def _person(name: str, *roles: tuple[str, str | None, str, str | None]) -> dict[str, object]:
    return {
        "displayName": name,
        "roles": [
            {
                "role": role,
                "since": since and {"at": since},
                "knownFrom": {"at": known_from},
                "until": until and {"at": until},
            }
            for role, since, known_from, until in roles
        ],
    }


async def test_template_of_the_note_got_a_section_nine_days_later(backend: Backend) -> None:
    query = """query ($at: AsOfInput) { proposalTemplates(asOf: $at) {
        version since { at } parts { key title } document { firstEvent { name } } } }"""

    async def templates(occurred: str) -> list[tuple[str, str | None, int]]:
        found = await query_data(backend, query, at={"occurred": occurred})
        return [
            (one["version"], one["since"] and one["since"]["at"], len(one["parts"]))
            for one in found["proposalTemplates"]
        ]

    note = ("2018-04-03", "2018-04-03", 10)
    assert await templates("2018-04-03T23:59:59Z") == [("default", None, 10)]
    assert await templates(END_OF_THE_FOURTH) == [note]
    assert await templates("2018-04-13T00:00:00Z") == [note, ("2018-04-12", "2018-04-12", 11)]
    latest = (await query_data(backend, query, at=None))["proposalTemplates"][-1]
    assert latest["parts"][-1] == {
        "key": "needs-and-requirements",
        "title": "Needs and Requirements",
    }
    assert latest["document"]["firstEvent"]["name"] == "Template.Named"
