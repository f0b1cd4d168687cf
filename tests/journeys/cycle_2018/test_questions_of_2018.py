"""The questions that were open on 5 April 2018, and the volunteers who were called for."""

import pytest

from intersessional.infra.backend import Backend
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH, cycle

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTIONS = """openQuestions { totalCount nodes { question state isOpen raised { at }
    raisedBy { id }
    meeting { label } answers { text complete answered { at } answeredBy { id } } } }"""

VOLUNTEERS = """volunteerCalls(state: OPEN) { nodes { of title launched { at } closes { at }
    volunteers { totalCount } } } calls(state: OPEN) { nodes { of } }"""


async def test_two_questions_were_open_and_the_one_on_a_fundraiser_partly_answered(
    backend: Backend,
) -> None:
    questions = (await cycle(backend, QUESTIONS, END_OF_THE_FOURTH))["openQuestions"]

    assert questions["totalCount"] == 2
    fundraiser, guidance = questions["nodes"]
    [answer] = fundraiser.pop("answers")
    assert fundraiser == {
        "question": "Can the Secretariat of the IGF have a professional fundraiser?",
        "state": "PARTLY_ANSWERED",
        "isOpen": True,
        "raised": {"at": "2018-04-04"},
        "raisedBy": None,
        "meeting": {"label": "First virtual MAG meeting"},
    }
    assert "Trust Fund" in answer.pop("text")
    assert answer == {"complete": False, "answered": {"at": "2018-04-04"}, "answeredBy": None}
    assert ("UNICEF" in guidance["question"], guidance["state"]) == (True, "OPEN")


async def test_no_question_was_open_on_3_april(backend: Backend) -> None:
    questions = await cycle(backend, QUESTIONS, "2018-04-04T00:00:00Z")

    assert questions["openQuestions"]["totalCount"] == 0


async def test_questions_are_about_the_group_that_was_proposed(backend: Backend) -> None:
    fields = """openQuestions { nodes { about { ... on Group { name
        openQuestions { totalCount } } } } }"""

    nodes = (await cycle(backend, fields))["openQuestions"]["nodes"]

    name = "Working Group on Fundraising (WG-FUN)"
    about = {"name": name, "openQuestions": {"totalCount": 2}}
    assert [one["about"] for one in nodes] == [about, about]


async def test_volunteers_were_called_for_and_none_is_named(backend: Backend) -> None:
    answer = await cycle(backend, VOLUNTEERS, END_OF_THE_FOURTH)

    titles = [one.pop("title") for one in answer["volunteerCalls"]["nodes"]]
    assert ["fundraising" in title or "ad-hoc" in title for title in titles] == [True, True]
    for call in answer["volunteerCalls"]["nodes"]:
        assert call == {
            "of": "volunteers",
            "launched": {"at": "2018-04-04"},
            "closes": None,
            "volunteers": {"totalCount": 0},
        }
    assert answer["calls"]["nodes"] == [{"of": "issues"}]
