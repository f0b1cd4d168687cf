"""Which groups a group comes from, and which group worked on a theme in an earlier year."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.group.commands import RecordGroup
from intersessional.domain.group_descent.commands import RecordGroupDescent
from intersessional.domain.group_descent.descent_kind import DescentKind
from intersessional.domain.group_descent.group_descent import GroupDescent
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import group_descent_id, theme_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.theme.commands import LinkThemeGroup, RecordThemeYear
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import CHAIR, OPERATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import APPROVED, GROUP


def past(command: Any, year: int) -> SentCommand:
    """A command about history, from sources."""
    occurred, provenance = Occurred.parse(str(year)), Provenance(Ground.IMPORTED)
    return OPERATOR.sends(replace(command, occurred=occurred, provenance=provenance))


def forum(year: int) -> RecordGroup:
    return RecordGroup(command_id=id_of(f"forum {year}"), kind="BPF", name="CSIRTs", year=year)


EARLIER = forum(2015).derived_id
HISTORY = (
    *APPROVED,
    past(OpenCycle(command_id=id_of("open 2015"), year=2015), 2015),
    past(forum(2015), 2015),
    past(
        RecordThemeYear(command_id=id_of("theme"), theme="csirts", year=2015, title="CSIRTs"), 2015
    ),
)
DESCEND = RecordGroupDescent(
    command_id=id_of("descend"),
    group=GROUP,
    earlier=EARLIER,
    kind=DescentKind.SPLIT_FROM,
    note="It took over the training.",
)
LINK = LinkThemeGroup(command_id=id_of("link"), theme="csirts", year=2015, group=EARLIER)


def test_descent_of_a_group_is_recorded_once() -> None:
    recorded = (*HISTORY, SECRETARIAT.sends(DESCEND))

    given(HISTORY).when(SECRETARIAT.sends(DESCEND)).then(
        event(
            GroupDescent.Recorded,
            group_id=GROUP,
            earlier_id=EARLIER,
            kind=DescentKind.SPLIT_FROM,
            note=Sealed("It took over the training."),
        )
    )
    given(recorded).when(SECRETARIAT.sends(replace(DESCEND, command_id=id_of("again")))).then(
        AlreadyRecorded(kind="group descent", id=group_descent_id(GROUP, EARLIER))
    )


@pytest.mark.parametrize("other", [GROUP, EARLIER])
def test_no_group_comes_from_itself_or_from_a_later_one(other: Any) -> None:
    turned = replace(DESCEND, group=other, earlier=GROUP)

    given(HISTORY).when(SECRETARIAT.sends(turned)).then(
        BadValue(field="earlier", problem="it was not established before the group.")
    )


def test_group_of_a_year_that_was_told_by_its_title_is_linked_once() -> None:
    linked = (*HISTORY, SECRETARIAT.sends(LINK))
    problem = "there is no title of that year on record to which no group is linked."

    given(HISTORY).when(SECRETARIAT.sends(LINK)).then(
        event(Theme.GroupLinked, originator_id=theme_id("csirts"), year=2015, group_id=EARLIER)
    )
    given(linked).when(SECRETARIAT.sends(replace(LINK, command_id=id_of("again")))).then(
        BadValue(field="year", problem=problem)
    )


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (
            {"group": GROUP},
            BadValue(field="group", problem="it does not belong to the cycle of that year."),
        ),
        ({"theme": "spam"}, NotFound(kind="theme", id=str(theme_id("spam")))),
    ],
)
def test_group_of_another_year_or_an_unknown_theme_is_not_linked(
    change: Any, refused: BadValue | NotFound
) -> None:
    given(HISTORY).when(SECRETARIAT.sends(replace(LINK, **change))).then(refused)


@pytest.mark.parametrize("command", [DESCEND, LINK])
def test_only_the_secretariat_records_lineage(command: Any) -> None:
    given(HISTORY).when(CHAIR.sends(command)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))
