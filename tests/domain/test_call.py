"""Calls: launched, extended, moved, open for a time, closed (DOMAIN row 3)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from intersessional.domain.call.call import Call
from intersessional.domain.call.call_period import CallPeriod, CallState
from intersessional.domain.call.commands import CloseCall, LaunchCall, MoveCall
from intersessional.domain.call.refusals import CallIsClosed
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import CHAIR, COMMENTER, FACILITATOR, MEMBER, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, GROUP, WORKING
from tests.domain.scenarios import CYCLE


def at(text: str) -> Occurred:
    return Occurred.parse(text)


LAUNCH = LaunchCall(
    command_id=id_of("launch"),
    year=2018,
    of="issues",
    title="Call for issues",
    opens=at("2018-03-26"),
    closes=at("2018-04-13"),
    occurred=at("2018-03-26"),
)
CALL = LAUNCH.created_id
LAUNCHED = SECRETARIAT.sends(LAUNCH)
PARENTS: dict[str, Any] = {"cycle_id": cycle_id(2018), "group_id": None, "of": "issues"}
CLOSE = CloseCall(command_id=id_of("close"), call=CALL, reason="Enough came.")


def move(name: str, **fields: Any) -> MoveCall:
    return MoveCall(command_id=id_of(f"move {name}"), call=CALL, **fields)


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_call_is_launched_for_a_time(person: Person) -> None:
    given(CYCLE).when(person.sends(LAUNCH)).then(
        event(
            Call.Launched,
            **PARENTS,
            originator_id=CALL,
            title=Sealed("Call for issues"),
            opens=at("2018-03-26"),
            closes=at("2018-04-13"),
            time_zone=None,
        )
    )


def test_call_opens_when_it_is_launched_unless_told_otherwise() -> None:
    given(CYCLE).when(SECRETARIAT.sends(replace(LAUNCH, opens=None, closes=None))).then(
        event(Call.Launched, opens=at("2018-03-26"), closes=None)
    )


@pytest.mark.parametrize("person", [MEMBER, COMMENTER, FACILITATOR])
def test_call_of_the_mag_launched_by_another_role_is_refused(person: Person) -> None:
    given(WORKING).when(person.sends(replace(LAUNCH, occurred=None))).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_call_for_a_group_is_launched_by_its_facilitator_until_it_concludes() -> None:
    call = replace(LAUNCH, group=GROUP, opens=None, occurred=None)

    given(WORKING).when(FACILITATOR.sends(call)).then(event(Call.Launched, group_id=GROUP))
    given(CONCLUDED).when(FACILITATOR.sends(call)).then(GroupHasConcluded(group=GROUP))


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("2018-04-13", "2018-04-12"),
        ("2018-04-13T10:00:00Z", "2018-04-13T10:00:00Z"),
        ("2018-05", "2018-04"),
    ],
)
def test_call_that_does_not_open_before_it_closes_is_refused(opens: str, closes: str) -> None:
    call = replace(LAUNCH, opens=at(opens), closes=at(closes))

    given(CYCLE).when(SECRETARIAT.sends(call)).then(
        BadValue(field="closes", problem="it is not after the call opens.")
    )


@pytest.mark.parametrize("day", ["2018-03-26", "2018-03"])
def test_call_can_be_open_on_one_day(day: str) -> None:
    call = replace(LAUNCH, opens=at("2018-03-26"), closes=at(day))

    given(CYCLE).when(SECRETARIAT.sends(call)).then(Call.Launched)


def test_call_in_no_cycle_or_with_a_malformed_key_is_refused() -> None:
    given(CYCLE).when(SECRETARIAT.sends(replace(LAUNCH, year=2017))).then(
        NotFound(kind="cycle", id=str(cycle_id(2017)))
    )
    problem = "use lower-case letters, digits, dots and hyphens."
    given(CYCLE).when(SECRETARIAT.sends(replace(LAUNCH, of="Issues"))).then(
        BadValue(field="of", problem=problem)
    )


def test_call_is_extended_with_a_reason() -> None:
    longer = move("longer", closes=at("2018-04-20"))

    given(CYCLE, LAUNCHED).when(CHAIR.sends(longer)).then(
        BadValue(field="reason", problem="a call that is moved needs a reason.")
    )
    given(CYCLE, LAUNCHED).when(CHAIR.sends(replace(longer, reason="On request."))).then(
        event(
            Call.Extended,
            **PARENTS,
            opens=at("2018-03-26"),
            closes=at("2018-04-20"),
            reason=Sealed("On request."),
        )
    )


def test_call_that_ends_earlier_or_begins_at_another_time_is_moved() -> None:
    for fields in ({"closes": at("2018-04-10")}, {"opens": at("2018-03-27")}):
        given(CYCLE, LAUNCHED).when(
            SECRETARIAT.sends(move("moved", reason="A slip.", **fields))
        ).then(Call.Moved)


def test_time_of_a_call_can_become_more_exact_without_a_reason() -> None:
    exact = move("exact", closes=at("2018-04-13T18:00:00+02:00"), occurred=at("2018-04-01"))

    given(CYCLE, LAUNCHED).when(SECRETARIAT.sends(exact)).then(
        event(Call.Moved, closes=at("2018-04-13T16:00:00Z"), reason=None)
    )


def test_move_that_moves_nothing_is_refused() -> None:
    given(CYCLE, LAUNCHED).when(SECRETARIAT.sends(move("nothing", reason="None."))).then(
        BadValue(field="closes", problem="say when it opens or closes.")
    )


def test_call_is_closed_once_and_its_time_stays_from_then_on() -> None:
    record = (
        given(CYCLE, LAUNCHED)
        .when(SECRETARIAT.sends(CLOSE))
        .then(event(Call.Closed, **PARENTS, reason=Sealed("Enough came.")))
    )

    again = replace(CLOSE, command_id=id_of("again"))
    longer = move("longer", closes=at("2018-04-20"), reason="On request.")
    for command in (again, longer):
        record.when(SECRETARIAT.sends(command)).then(CallIsClosed(call=CALL))


def test_extension_that_is_told_late_takes_its_place_before_the_closing() -> None:
    told_late = move("told late", closes=at("2018-04-20"), reason="On request.")
    record = given(CYCLE, LAUNCHED, SECRETARIAT.sends(CLOSE)).when(
        SECRETARIAT.sends(replace(told_late, occurred=at("2018-04-02")))
    )

    call = record.then(Call.Extended).aggregate(Call, CALL)
    assert (call.closes, call.closed) == (at("2018-04-20"), Occurred.instant(NOW))


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        ("2018-03-25T21:59:59+00:00", CallState.ANNOUNCED),
        ("2018-03-25T22:00:00+00:00", CallState.OPEN),
        ("2018-04-13T21:59:59+00:00", CallState.OPEN),
        ("2018-04-13T22:00:00+00:00", CallState.CLOSED),
    ],
)
def test_call_is_open_from_its_first_day_to_the_end_of_its_last_in_its_zone(
    instant: str, state: CallState
) -> None:
    period = CallPeriod(at("2018-03-26"), at("2018-04-13"), "Europe/Paris")

    assert period.state_at(datetime.fromisoformat(instant)) is state


def test_call_without_an_end_is_open_until_somebody_closes_it() -> None:
    period = CallPeriod(at("2018-03-26T12:00:00Z"))
    later = datetime.fromisoformat("2019-01-01T00:00:00+00:00")

    assert period.state_at(later) is CallState.OPEN
    assert period.state_at(later, at("2018-05-01")) is CallState.CLOSED
