"""The preview of a command: the events that it would record, without recording them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_preview import CommandPreview
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import Scenario, SentCommand, run
from intersessional.domain.comment.refusals import TooMany
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.kernel.refusals import CommandReused, RoleRequired
from intersessional.domain.rule.override import Override
from intersessional.plugins.core import CORE
from tests.domain.actors import CHAIR, COMMENTER
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, approve, approved, cap, decide, merge, submitted

FULL = given(
    CYCLE, CHAIR.sends(decide("cap", cap(1))), *approved("gender"), *submitted("ai", "iot")
)
FOUR = CHAIR.sends(decide("four", cap(4), approve("ai")))
SECRET = decide(
    "merge", merge("ai", "iot", proposers_agreed=None), method=DecisionMethod.VOTE, objections=None
)


def bus(event_store: InMemoryEventStore, now: datetime = NOW) -> CommandBus:
    def limit(*_: object) -> None:
        raise TooMany(max=1, next_at=NOW)

    return CommandBus(
        event_store,
        command_handlers=CORE.command_handlers,
        rules=CORE.rules,
        limit=limit,
        clock=lambda: now,
    )


def preview(scenario: Scenario, sent: SentCommand) -> CommandPreview:
    """The preview of a command; it must not change the record."""
    before = [*scenario.events()]
    found = run(bus(scenario.event_store).preview(sent.command, sent.caller))
    assert scenario.events() == before
    return found


def recorded(scenario: Scenario, sent: SentCommand) -> Sequence[object]:
    """What is recorded of a command that a client sends, before its texts are sealed."""
    event_store = scenario.event_store.copy()
    envelope = CommandEnvelope.from_client(sent.command, sent.caller)
    run(bus(event_store).submit_all([envelope]))
    return event_store.last_appended


def test_preview_has_the_events_that_are_recorded_then_and_records_none() -> None:
    found = preview(FULL, FOUR)

    assert (found.refused, found.repeated) == (None, False)
    assert len(found.events) == 5
    assert [*found.events] == [*recorded(FULL, FOUR)]


def test_preview_of_what_would_be_refused_has_the_refusal_alone() -> None:
    alone = preview(FULL, CHAIR.sends(decide("ai", approve("ai"))))
    commenter = preview(FULL, COMMENTER.sends(FOUR.command))

    assert isinstance(alone.refused, CapExceeded)
    assert (alone.refused.cap, alone.refused.approved) == (1, 1)
    assert isinstance(commenter.refused, RoleRequired)
    assert (alone.events, commenter.events) == ((), ())


def test_preview_names_every_gate_that_needs_an_override() -> None:
    found = preview(FULL, CHAIR.sends(SECRET))

    assert [one.rule for one in found.overrides_needed] == ["MERGER_AGREED", "OBJECTIONS_RECORDED"]
    assert found.refused == found.overrides_needed[0]
    assert found.events == ()
    reasons = tuple(
        Override(rule=one.rule, rationale="It was so.") for one in found.overrides_needed
    )
    overridden = preview(FULL, CHAIR.sends(replace(SECRET, overrides=reasons)))
    assert (overridden.refused, overridden.overrides_needed) == (None, ())
    names = [type(one).__qualname__ for one in overridden.events]
    assert names.count("Deviation.Recorded") == 2


def test_preview_of_a_recorded_command_says_so() -> None:
    event_store = FULL.event_store.copy()
    run(bus(event_store).submit_all([CommandEnvelope.from_client(FOUR.command, FOUR.caller)]))
    other: Command = replace(decide("four", cap(4)), statement="Another.")

    again = run(bus(event_store).preview(FOUR.command, FOUR.caller))
    reused = run(bus(event_store).preview(other, FOUR.caller))

    assert again == CommandPreview(repeated=True)
    assert isinstance(reused.refused, CommandReused)


def test_preview_takes_effect_after_what_it_relies_on_whatever_the_clock_says() -> None:
    behind = bus(FULL.event_store, NOW - timedelta(seconds=2))

    found = run(behind.preview(FOUR.command, FOUR.caller))

    assert {one.act.occurred.begins for one in found.events} == {NOW}
