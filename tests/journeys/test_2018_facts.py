"""What the record holds of 2018, fact by fact: what was so, since when, and what is not known."""

import json
from collections import Counter
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from intersessional.domain.act import Ground
from intersessional.domain.ids import source_id
from intersessional.domain.subject import Happening
from intersessional.infra.backend import Backend
from intersessional.projections.moment import Moment
from intersessional.projections.sources import SOURCES
from tests.infra.importing.backends import asked
from tests.journeys.history import END_OF_THE_FOURTH, cycle, the_2018_cycle

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVERYTHING = """
annualMeeting { status place condition within { at } startsOn endsOn timeZone }
bpfCap { value rationale supersedes { value } decision { statement } }
meetings(first: 50) { nodes { label note summary held { at } } }
proposals(first: 50) { nodes { title state decision { statement } group { name }
  mergedFrom { title } mergedInto { title } theme { years { year title } } } }
decisions(first: 50) { nodes { statement rationale kinds } }
groups(first: 50) { totalCount nodes { name names { name } } }
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def backend(postgres: str) -> AsyncGenerator[Backend]:
    """The 2018 cycle; the tests only ask."""
    async with the_2018_cycle(postgres) as backend:
        yield backend


async def test_on_4_april_the_annual_meeting_is_a_hope_for_asia(backend: Backend) -> None:
    fields = "annualMeeting { status place condition within { at precision } startsOn timeZone }"

    answer = await cycle(backend, fields, END_OF_THE_FOURTH)

    assert answer["annualMeeting"] == {
        "status": "TENTATIVE",
        "place": "Asia",
        "condition": "Early in December, if a meeting in Asia can be agreed on.",
        "within": {"at": "2018-12", "precision": "MONTH"},
        "startsOn": None,
        "timeZone": None,
    }


async def test_on_4_april_three_things_were_agreed_on_how_to_go_on(backend: Backend) -> None:
    fields = """decisions(kind: PROCEDURE) {
      nodes { statement meeting { label } method outcomes { kind } } }"""

    agreed = (await cycle(backend, fields, END_OF_THE_FOURTH))["decisions"]["nodes"]

    words = ["in writing before the next virtual meeting", "ad-hoc group", "about every two weeks"]
    assert len(agreed) == len(words)
    for decision, word in zip(agreed, words, strict=True):
        assert word in decision["statement"]
        assert decision["meeting"] == {"label": "First virtual MAG meeting"}
        assert (decision["method"], decision["outcomes"]) == (None, [])


async def test_on_4_april_nothing_that_came_later_is_shown(backend: Backend) -> None:
    then = json.dumps(await cycle(backend, EVERYTHING, END_OF_THE_FOURTH))
    now = json.dumps(await cycle(backend, EVERYTHING))

    for later in ("Paris", "UNESCO", "Internet of Things", "CENB IV", "APPROVED", "four Best"):
        assert later in now
        assert later not in then
    assert (await cycle(backend, EVERYTHING, END_OF_THE_FOURTH))["groups"]["totalCount"] == 0


async def test_what_may_or_may_not_have_happened_by_then_is_listed_as_uncertain(
    backend: Backend,
) -> None:
    uncertain = "uncertain { name occurred { at } provenance { sources { source { title } } } }"
    fields = f"{uncertain} meetings {{ nodes {{ ordinal {uncertain} }} }}"

    answer = await cycle(backend, fields, END_OF_THE_FOURTH)

    assert Counter(event["name"] for event in answer["uncertain"]) == {
        "AnnualMeeting.Confirmed": 1,
        "Cycle.GroupAdmitted": 5,
    }
    (_, virtual, _) = answer["meetings"]["nodes"]
    assert [event["name"] for event in virtual["uncertain"]] == ["Meeting.SummaryPublished"]
    for event in (*answer["uncertain"], *virtual["uncertain"]):
        assert all(cited["source"]["title"] for cited in event["provenance"]["sources"])


@pytest.mark.parametrize(
    ("instant", "cap", "used", "status"),
    [
        ("2018-03-22T12:00:00Z", None, 0, None),
        ("2018-03-23T00:00:00Z", 3, 0, None),
        ("2018-04-04T23:59:59Z", 3, 0, None),
        ("2018-05-31T23:59:59Z", 3, 0, "TENTATIVE"),
        ("2018-06-01T00:00:00Z", 4, 4, "TENTATIVE"),
        ("2018-07-17T23:59:59Z", 4, 4, "TENTATIVE"),
        ("2018-07-18T00:00:00Z", 4, 4, "CONFIRMED"),
    ],
)
async def test_a_fact_holds_from_the_end_of_the_time_its_source_gives(
    backend: Backend, instant: str, cap: int | None, used: int, status: str | None
) -> None:
    answer = await cycle(backend, "bpfCap { value } bpfCapUsed annualMeeting { status }", instant)

    assert answer == {
        "bpfCap": cap and {"value": cap},
        "bpfCapUsed": used,
        "annualMeeting": status and {"status": status},
    }


async def test_the_annual_meeting_was_held_in_paris(backend: Backend) -> None:
    fields = "annualMeeting { status place startsOn endsOn timeZone condition }"

    assert (await cycle(backend, fields))["annualMeeting"] == {
        "status": "CONFIRMED",
        "place": "UNESCO headquarters, Paris",
        "startsOn": "2018-11-12",
        "endsOn": "2018-11-14",
        "timeZone": "Europe/Paris",
        "condition": None,
    }


async def test_meetings_have_the_time_their_sources_give_and_say_what_these_leave_open(
    backend: Backend,
) -> None:
    fields = "meetings { nodes { kind ordinal held { at precision } note } }"

    meetings = (await cycle(backend, fields))["meetings"]["nodes"]

    told = [
        (one["kind"], one["ordinal"], one["held"]["at"], one["held"]["precision"])
        for one in meetings
    ]
    assert told == [
        ("FACE_TO_FACE", 1, "2018-03-19/2018-03-22", "PERIOD"),
        ("VIRTUAL", 1, "2018-04-04", "DAY"),
        ("VIRTUAL", 2, "2018", "YEAR"),
        ("FACE_TO_FACE", 2, "2018-07-11/2018-07-13", "PERIOD"),
    ]
    assert "20 to 22 March" in meetings[0]["note"]
    assert "no clock time" in meetings[1]["note"]
    assert "Annex I" in meetings[1]["note"]
    assert "Neither its date nor its minutes were found" in meetings[2]["note"]
    assert meetings[3]["note"] is None


async def test_the_second_year_that_the_source_counts_is_the_third_of_the_theme(
    backend: Backend,
) -> None:
    fields = "proposals { nodes { title yearOfTheme { reported computed differ } } }"

    proposals = (await cycle(backend, fields))["proposals"]["nodes"]

    differ = {one["title"] for one in proposals if one["yearOfTheme"]["differ"]}
    assert differ == {"Cybersecurity", "Local Content"}


async def test_the_summary_tells_what_the_source_gets_wrong_and_names_what_it_states(
    backend: Backend,
) -> None:
    fields = "meetings { nodes { summary states { __typename } } }"

    virtual = (await cycle(backend, fields))["meetings"]["nodes"][1]

    summary = " ".join(virtual["summary"].split())
    assert "2016 and 2018" in summary
    assert "surely 2016 and 2017 are meant" in summary
    assert "African group (35)" in summary
    stated = Counter(node["__typename"] for node in virtual["states"])
    assert stated == {"Proposal": 6, "Decision": 4, "Meeting": 1}


async def test_the_chair_set_the_last_day_for_written_proposals_two_days_later(
    backend: Backend,
) -> None:
    assert (await cycle(backend, "proposalsDueOn", END_OF_THE_FOURTH))["proposalsDueOn"] is None

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


async def test_who_held_which_role_is_told_as_exactly_as_the_sources_tell(
    backend: Backend,
) -> None:
    people = [
        participant
        async for participant in _participants(backend)
        if participant["roles"] or participant["displayName"] == "Markus Kummer"
    ]

    assert people == [
        _person("Lynn St. Amour", ("MAG_CHAIR", "2016", "2019-11")),
        _person("Chengetai Masango", ("SECRETARIAT", "2018", None)),
        _person("Markus Kummer"),
        _person("Renata Aquino Ribeiro", ("MAG_MEMBER", "2018", None)),
        _person("Ben Wallis", ("MAG_MEMBER", "2018", None)),
    ]


async def test_the_cap_was_superseded_by_inference_and_no_reason_is_made_up(
    backend: Backend,
) -> None:
    fields = """bpfCap { rationaleStatus supersedes { rationaleStatus }
      history { nodes { name provenance { ground } } }
      decision { meeting { label } method announcedBy { id } } }"""

    cap = (await cycle(backend, fields))["bpfCap"]

    assert (cap["rationaleStatus"], cap["supersedes"]["rationaleStatus"]) == (
        "NOT_IN_SOURCES",
        "GIVEN",
    )
    history = cap["history"]["nodes"]
    assert [(event["name"], event["provenance"]["ground"]) for event in history] == [
        ("Policy.Adopted", "IMPORTED"),
        ("Policy.Superseded", "INFERRED"),
    ]
    assert cap["decision"] == {"meeting": None, "method": None, "announcedBy": None}


async def test_what_was_admitted_is_four_forums_the_cenb_and_five_working_groups(
    backend: Backend,
) -> None:
    fields = """groups(first: 50) { nodes { kind name
      facilitators { participant { displayName } magMember } } }"""

    groups = (await cycle(backend, fields))["groups"]["nodes"]

    kinds = Counter(group["kind"] for group in groups)
    assert kinds == {"BPF": 4, "CENB": 1, "WORKING_GROUP": 5}
    short = [group["name"].split("(")[-1] for group in groups if group["kind"] == "WORKING_GROUP"]
    assert short == ["WG-FUN)", "WG-IMP)", "WG-MWP)", "WG-OE)", "WG-WREP)"]
    led = {
        group["name"]: [
            (one["participant"]["displayName"], one["magMember"]) for one in group["facilitators"]
        ]
        for group in groups
        if group["facilitators"]
    }
    assert led == {
        "BPF on Cybersecurity": [("Markus Kummer", False), ("Ben Wallis", True)],
        "BPF on Gender and Access": [("Renata Aquino Ribeiro", True)],
    }


async def test_a_group_has_the_name_of_its_time(backend: Backend) -> None:
    fields = "groups(kind: BPF, first: 1) { nodes { name } }"

    names = [
        (await cycle(backend, fields, instant))["groups"]["nodes"][0]["name"]
        for instant in ("2018-08-01T00:00:00Z", "2018-11-12T00:00:00Z")
    ]

    assert names == [
        "BPF on Artificial Intelligence (AI), Internet of Things (IoT) and Big Data",
        "BPF on Internet of Things (IoT), Big Data and Artificial Intelligence (AI)",
    ]


async def test_the_themes_are_known_since_2014(backend: Backend) -> None:
    query = "{ themes(first: 50) { nodes { key years { year } } } }"

    themes = (await asked(backend, query))["themes"]["nodes"]

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


async def test_every_event_names_a_source_that_is_listed(backend: Backend) -> None:
    head = await backend.record.head()
    recorded = await backend.record.read(after=0, first=head, until=head)

    events = [one.event for one in recorded if isinstance(one.event, Happening)]

    assert len(events) == head
    assert {event.act.provenance.ground for event in events} == {Ground.IMPORTED, Ground.INFERRED}
    assert all(event.act.provenance.sources for event in events)
    cited = {source_id(key) for event in events for key in event.act.provenance.sources}
    assert set(await backend.reader.get(SOURCES, cited, Moment(head))) == cited


async def _participants(backend: Backend) -> AsyncGenerator[dict[str, object]]:
    trail = "{ auditTrail(first: 100) { nodes { name stream } } }"
    one = """query ($id: ID!) { participant(id: $id) {
      displayName roles { role since { at } until { at } } } }"""
    for event in (await asked(backend, trail))["auditTrail"]["nodes"]:
        if event["name"] == "Participant.Registered":
            yield (await asked(backend, one, id=event["stream"]))["participant"]


def _person(name: str, *roles: tuple[str, str, str | None]) -> dict[str, object]:
    return {
        "displayName": name,
        "roles": [
            {"role": role, "since": {"at": since}, "until": until and {"at": until}}
            for role, since, until in roles
        ],
    }
