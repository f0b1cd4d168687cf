"""The work of a group is suspended and resumed (DOMAIN A3)."""

from dataclasses import replace

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.commands import ResumeGroup, SuspendGroup
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import FACILITATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import CONCLUDED, GROUP, MANDATE, WORKING

SUSPEND = SuspendGroup(command_id=id_of("suspend"), group=GROUP, reason="Nobody is left.")
RESUME = ResumeGroup(command_id=id_of("resume"), group=GROUP)
SUSPENDED = (*WORKING, FACILITATOR.sends(SUSPEND))


def test_facilitators_suspend_a_group_and_the_secretariat_only_on_a_decision() -> None:
    suspended = event(Group.Suspended, reason=Sealed("Nobody is left."))

    given(WORKING).when(FACILITATOR.sends(SUSPEND)).then(suspended)
    given(WORKING).when(SECRETARIAT.sends(SUSPEND)).then(DecisionRequired())
    given(WORKING).when(SECRETARIAT.sends(replace(SUSPEND, decision=MANDATE))).then(suspended)


def test_group_is_suspended_once_and_resumed_once() -> None:
    again = replace(SUSPEND, command_id=id_of("again"))

    given(SUSPENDED).when(FACILITATOR.sends(again)).then(
        AlreadyRecorded(kind="suspension", id=GROUP)
    )
    given(SUSPENDED).when(FACILITATOR.sends(RESUME)).then(event(Group.Resumed, reason=None))
    given(WORKING).when(FACILITATOR.sends(RESUME)).then(NotFound(kind="suspension", id=str(GROUP)))


def test_group_that_has_concluded_is_not_suspended() -> None:
    given(CONCLUDED).when(FACILITATOR.sends(SUSPEND)).then(GroupHasConcluded(group=GROUP))
