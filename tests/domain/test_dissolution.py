"""A group is dissolved by a decision, into the body that absorbs it."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.body import MAG, Body, BodyKind, NamedBody
from intersessional.domain.kernel.refusals import (
    BadValue,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    CHAIR,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.working_group_scenarios import (
    DISSOLVE,
    END,
    ESTABLISHED,
    GROUP,
    IMPORTED,
    OPEN_2019,
    PROPOSE,
    REPORT,
    TEAM,
    WISH,
)


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_a_decision_dissolves_a_group_into_the_body_that_absorbs_it(person: Person) -> None:
    given(ESTABLISHED, CHAIR.sends(END)).when(person.sends(DISSOLVE)).then(
        event(
            Group.Dissolved,
            absorbed_by=MAG,
            reason=Sealed("The MAG does it."),
            decision_id=END.derived_id,
        )
    )


def test_nobody_dissolves_a_group_without_a_decision_but_sources_may_lack_it() -> None:
    alone = replace(DISSOLVE, decision=None)
    told = replace(alone, provenance=IMPORTED)

    for person in (SECRETARIAT, CHAIR):
        given(ESTABLISHED).when(person.sends(alone)).then(DecisionRequired())
    given(ESTABLISHED).when(FACILITATOR.sends(alone)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )
    given(ESTABLISHED).when(in_the_name_of(CHAIR).sends(told)).then(
        event(Group.Dissolved, decision_id=None)
    )


def test_a_group_is_absorbed_by_another_group_and_never_by_itself() -> None:
    other = replace(PROPOSE, command_id=id_of("other"), name="WG on Everything")
    into = replace(DISSOLVE, absorbed_by=NamedBody(kind=BodyKind.GROUP, group=other.derived_id))
    itself = replace(DISSOLVE, absorbed_by=NamedBody(kind=BodyKind.GROUP, group=GROUP))
    history = (*ESTABLISHED, CHAIR.sends(END), MEMBER.sends(other))

    given(history).when(CHAIR.sends(into)).then(
        event(Group.Dissolved, absorbed_by=Body.of_group(other.derived_id))
    )
    given(history).when(CHAIR.sends(itself)).then(
        BadValue(field="absorbed_by.group", problem="a group cannot absorb itself.")
    )


@pytest.mark.parametrize("command", [WISH, TEAM, REPORT, DISSOLVE])
def test_a_dissolved_group_does_no_more_work(command: Any) -> None:
    history: tuple[SentCommand, ...] = (
        *ESTABLISHED,
        OPEN_2019,
        CHAIR.sends(END),
        CHAIR.sends(DISSOLVE),
    )

    given(history).when(SECRETARIAT.sends(replace(command, command_id=id_of("later")))).then(
        GroupHasConcluded(group=GROUP)
    )
