"""Each form is shown to who may send it, and sends its command from the screen of its subject."""

import pytest

from tests.page.people import People
from tests.page.reading import screen
from tests.page.sent_forms import forms_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_form_that_was_refused_keeps_what_was_typed(people: People) -> None:
    work = people.work
    action = f"{work}/outreach"

    refused = await people.facilitator.send(
        work,
        action,
        forum="A <i>list</i>",
        audience="Operators",
        tookPlace="2999-01-01",
        text="Two\nlines.",
    )

    assert refused.status_code == 422
    kept = forms_in(refused.text)[action]
    assert (kept["forum"], kept["text"]) == ("A <i>list</i>", "Two\nlines.")
    assert kept["tookPlace"] == "2999-01-01"
    assert 'id="refused" name="tookPlace"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert "This is not accepted:" in refused.text


async def test_anonymous_readers_see_no_form(people: People, proposal: str) -> None:
    scenario = people.scenario
    meeting = await scenario.meet_once()
    for address in (
        people.work,
        proposal,
        f"/groups/{people.group}",
        f"/cycles/{scenario.year}/proposals",
        f"/cycles/{scenario.year}/questions",
        f"/meetings/{meeting}",
    ):
        html = await screen(people.reader, address)

        assert forms_in(html) == {}, address


async def test_who_may_not_send_a_form_is_not_shown_it(people: People) -> None:
    shown = await people.newcomer.forms(people.work)

    assert not [action for action in shown if action.endswith(("/sessions", "/outreach"))]
