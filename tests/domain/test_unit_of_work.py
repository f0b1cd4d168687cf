"""Unit of work: the aggregates it has loaded and their new events, in order."""

import pytest

from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE

ACT = Act(Actor(Role.OPERATOR), id_of("command"), Occurred.instant(NOW), LIVE)


def theme(key: str) -> Theme:
    return Theme.create(Theme.Named, id=id_of(key), act=ACT, key=key)


def work_on(theme: Theme, year: int) -> None:
    title = Sealed("A title")
    theme.record(
        Theme.WorkedOn,
        act=ACT,
        key=theme.key,
        year=year,
        title=title,
        group_id=None,
        cycle_id=None,
        decision_id=None,
    )


def test_events_are_collected_in_the_order_in_which_they_happen() -> None:
    unit_of_work = UnitOfWork(InMemoryEventStore())
    one, other = theme("one"), theme("other")

    work_on(one, 2014)
    unit_of_work.add(one)
    unit_of_work.add(other)
    work_on(other, 2015)
    work_on(one, 2016)

    happened = [
        (event.originator_id, event.originator_version) for event in unit_of_work.take_new_events()
    ]
    assert happened == [(one.id, 1), (one.id, 2), (other.id, 1), (other.id, 2), (one.id, 3)]


def test_collected_events_are_not_collected_again() -> None:
    unit_of_work = UnitOfWork(InMemoryEventStore())
    unit_of_work.add(theme("one"))
    unit_of_work.take_new_events()

    assert unit_of_work.take_new_events() == []

    work_on(run(unit_of_work.load(Theme, id_of("one"))), 2018)

    assert [type(event) for event in unit_of_work.take_new_events()] == [Theme.WorkedOn]


def test_loaded_and_absent_aggregates_are_expected() -> None:
    unit_of_work = UnitOfWork(given(CYCLE).event_store)

    cycle = run(unit_of_work.load(Cycle, cycle_id(2018)))
    absent = run(unit_of_work.find(Cycle, cycle_id(2019)))

    assert absent is None
    assert unit_of_work.expects == {cycle_id(2018): cycle.version, cycle_id(2019): 0}


def test_events_do_not_change_expected_versions() -> None:
    unit_of_work = UnitOfWork(InMemoryEventStore())

    unit_of_work.add(theme("one"))
    work_on(run(unit_of_work.load(Theme, id_of("one"))), 2018)

    assert unit_of_work.expects == {id_of("one"): 0}


def test_aggregate_added_twice_is_refused() -> None:
    unit_of_work = UnitOfWork(InMemoryEventStore())
    unit_of_work.add(theme("one"))

    with pytest.raises(AlreadyRecorded) as refused:
        unit_of_work.add(theme("one"))

    assert (refused.value.kind, refused.value.id) == ("theme", id_of("one"))


def test_aggregate_of_another_kind_is_not_found() -> None:
    unit_of_work = UnitOfWork(given(CYCLE).event_store)

    with pytest.raises(NotFound) as refused:
        run(unit_of_work.load(Theme, cycle_id(2018)))

    assert (refused.value.kind, refused.value.id) == ("theme", str(cycle_id(2018)))


def test_aggregate_looked_up_as_another_kind_is_still_found() -> None:
    unit_of_work = UnitOfWork(given(CYCLE).event_store)

    assert run(unit_of_work.find(Theme, cycle_id(2018))) is None
    cycle = run(unit_of_work.load(Cycle, cycle_id(2018)))

    assert unit_of_work.expects == {cycle_id(2018): cycle.version}


def test_text_is_revealed_until_it_is_erased() -> None:
    record = given(CYCLE)
    commitment, written = next(iter(record.event_store.texts.items()))
    recorded, new = Sealed(sealed=commitment), Sealed("Just written.")
    texts = [recorded, new]

    assert run(UnitOfWork(record.event_store).reveal(texts)) == {
        recorded: written,
        new: "Just written.",
    }
    assert run(UnitOfWork(record.erased().event_store).reveal(texts)) == {new: "Just written."}


def test_copy_of_an_aggregate_changes_alone() -> None:
    one = theme("one")
    one.take_pending_events()

    twin = one.copy()
    work_on(twin, 2018)

    assert (one.version, one.years, one.take_pending_events()) == (1, (), [])
    assert (twin.version, twin.years) == (2, (2018,))
    assert twin.id == one.id
