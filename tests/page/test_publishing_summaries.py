"""The Secretariat publishes a summary with the events that it states, and corrects it."""

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.reading import text
from tests.page.sent_forms import forms_in
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_summary_names_the_events_that_it_states(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, visiting(forum) as visitor:
        meeting = await scenario.meet()
        await scenario.establish()
        await visitor.post("/sign-in", {"role": "SECRETARIAT"})
        here = f"/secretariat/summary/{meeting}"

        listed = (await visitor.get("/secretariat/summary")).text
        screen = (await visitor.get(here)).text
        form = forms_in(screen)[f"{here}/publish"]
        empty = await visitor.post(f"{here}/publish", form | {"stated.0.stream": meeting})
        decision = next(
            field.removesuffix("version") + "stream"
            for field in form
            if field.startswith("stated.1.")
        )
        stream = screen.partition(f'name="{decision}" value="')[2].partition('"')[0]
        done = await visitor.post(
            f"{here}/publish",
            form | {"summary": "It was\n\nagreed.", decision: stream},
        )
        shown = (await visitor.get(done.headers["location"])).text
        again = forms_in((await visitor.get(here)).text)[f"{here}/publish"]
        corrected = await visitor.post(
            f"{here}/publish", again | {"summary": "It was agreed.", "reason": "A misprint."}
        )
        after = text((await visitor.get(f"/meetings/{meeting}")).text)

    assert f'href="{here}"' in listed
    assert empty.status_code == 422
    assert forms_in(empty.text)[f"{here}/publish"]["stated.0.stream"] == meeting
    assert (done.status_code, done.headers["location"]) == (303, f"/meetings/{meeting}#summary")
    assert "The Multistakeholder Advisory Group decided." in text(shown).partition("states")[2]
    assert again["summary"] == "It was\n\nagreed."
    assert again[decision] == stream
    assert corrected.status_code == 303
    assert "It was corrected after it was published." in after
    assert "The Multistakeholder Advisory Group decided." in after.partition("states")[2]
