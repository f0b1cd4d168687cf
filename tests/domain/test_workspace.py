"""A unit of work: what was read, and what has happened since, in order."""

import pytest

from intersessional.domain.act import LIVE, Act, Actor, Role
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.ids import cycle_id
from intersessional.domain.occurred import Occurred
from intersessional.domain.refused import AlreadyRecorded, NotFound
from intersessional.domain.sealed import Sealed
from intersessional.domain.theme.theme import Theme
from intersessional.domain.workspace import Workspace
from tests.domain.cast import id_of
from tests.domain.scenes import CYCLE
from tests.domain.story import NOW, Record, given, run

ACT = Act(Actor(Role.OPERATOR), id_of("command"), Occurred.instant(NOW), LIVE)


def theme(key: str) -> Theme:
    return Theme.begin(Theme.Named, id=id_of(key), act=ACT, key=key)


def work_on(theme: Theme, year: int) -> None:
    title = Sealed("A title")
    theme.record(Theme.WorkedOn, act=ACT, year=year, title=title, group_id=None)


def test_what_happens_is_collected_in_the_order_in_which_it_happens() -> None:
    workspace = Workspace(Record())
    one, other = theme("one"), theme("other")

    work_on(one, 2014)
    workspace.add(one)
    workspace.add(other)
    work_on(other, 2015)
    work_on(one, 2016)

    happened = [(event.originator_id, event.originator_version) for event in workspace.collect()]
    assert happened == [(one.id, 1), (one.id, 2), (other.id, 1), (other.id, 2), (one.id, 3)]


def test_what_was_collected_is_not_collected_again() -> None:
    workspace = Workspace(Record())
    workspace.add(theme("one"))
    workspace.collect()

    assert workspace.collect() == []

    work_on(run(workspace.load(Theme, id_of("one"))), 2018)

    assert [type(event) for event in workspace.collect()] == [Theme.WorkedOn]


def test_what_was_read_and_what_was_not_there_is_relied_on() -> None:
    workspace = Workspace(given(CYCLE).record)

    cycle = run(workspace.load(Cycle, cycle_id(2018)))
    absent = run(workspace.find(Cycle, cycle_id(2019)))

    assert absent is None
    assert workspace.expects == {cycle_id(2018): cycle.version, cycle_id(2019): 0}


def test_what_happens_does_not_change_what_was_relied_on() -> None:
    workspace = Workspace(Record())

    workspace.add(theme("one"))
    work_on(run(workspace.load(Theme, id_of("one"))), 2018)

    assert workspace.expects == {id_of("one"): 0}


def test_a_subject_begins_once() -> None:
    workspace = Workspace(Record())
    workspace.add(theme("one"))

    with pytest.raises(AlreadyRecorded) as refused:
        workspace.add(theme("one"))

    assert (refused.value.kind, refused.value.id) == ("theme", id_of("one"))


def test_a_subject_of_another_kind_is_not_found() -> None:
    workspace = Workspace(given(CYCLE).record)

    with pytest.raises(NotFound) as refused:
        run(workspace.load(Theme, cycle_id(2018)))

    assert (refused.value.kind, refused.value.id) == ("theme", str(cycle_id(2018)))


def test_what_was_looked_for_as_another_kind_is_there_all_the_same() -> None:
    workspace = Workspace(given(CYCLE).record)

    assert run(workspace.find(Theme, cycle_id(2018))) is None
    cycle = run(workspace.load(Cycle, cycle_id(2018)))

    assert workspace.expects == {cycle_id(2018): cycle.version}


def test_a_text_is_revealed_until_it_is_erased() -> None:
    record = given(CYCLE).record
    commitment, written = next(iter(record.openings.items()))

    for kept, text in [(record, written), (record.erased(), None)]:
        workspace = Workspace(kept)
        assert run(workspace.reveal(Sealed(sealed=commitment))) == text
    assert run(Workspace(record).reveal(Sealed("Just written."))) == "Just written."


def test_a_copy_is_decided_on_alone() -> None:
    one = theme("one")
    one.collect()

    twin = one.copy()
    work_on(twin, 2018)

    assert (one.version, one.years, one.collect()) == (1, (), [])
    assert (twin.version, twin.years) == (2, (2018,))
    assert twin.id == one.id
