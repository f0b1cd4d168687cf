"""Members of a group, which is open to all (DOMAIN row 5)."""

from dataclasses import replace
from typing import Any

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.group.commands import ProposeGroup
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.refusals import (
    CodeOfConductNotAccepted,
    NotRegistered,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.membership.commands import JoinGroup, LeaveGroup
from intersessional.domain.membership.membership import Membership
from intersessional.domain.membership.refusals import MembershipHasEnded, NotTheMember
from intersessional.domain.participant.commands import RegisterParticipant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    OTHER_COMMENTER,
    SECRETARIAT,
    STRANGER,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, GROUP, WORKING
from tests.domain.scenarios import CYCLE


def join(key: str = "join", /, **fields: Any) -> JoinGroup:
    given_fields: dict[str, Any] = {"group": GROUP} | fields
    return JoinGroup(command_id=id_of(key), **given_fields)


JOIN = join()
JOINED = COMMENTER.sends(JOIN)
LEAVE = LeaveGroup(command_id=id_of("leave"), membership=JOIN.created_id)
REGISTERED = STRANGER.sends(RegisterParticipant(command_id=id_of("register")))


def test_whoever_has_accepted_the_code_of_conduct_joins_without_approval() -> None:
    given(WORKING).when(JOINED).then(
        event(
            Membership.Joined,
            group_id=GROUP,
            person=None,
            stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
            region=Region.AFRICAN,
        )
    )
    given(WORKING).when(STRANGER.sends(JOIN)).then(NotRegistered())
    given(WORKING, REGISTERED).when(STRANGER.sends(JOIN)).then(CodeOfConductNotAccepted(version=1))


def test_who_joined_is_sealed_unless_in_office() -> None:
    for person, actor in (
        (COMMENTER, Sealed(str(COMMENTER.id))),
        (FACILITATOR, FACILITATOR.id),
        (MEMBER, MEMBER.id),
    ):
        [joined] = given(WORKING).when(person.sends(JOIN)).scenario.appended
        assert joined.act.actor.person == actor


def test_secretariat_records_that_somebody_joined() -> None:
    named = join(participant=OTHER_COMMENTER.id)

    given(WORKING).when(SECRETARIAT.sends(named)).then(
        event(Membership.Joined, person=Sealed(str(OTHER_COMMENTER.id)))
    )
    given(WORKING).when(COMMENTER.sends(named)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


def test_somebody_whom_the_secretariat_names_has_accepted_the_code_too() -> None:
    named = join(participant=STRANGER.id)
    of_history = replace(named, provenance=Provenance(Ground.IMPORTED))

    given(WORKING, REGISTERED).when(SECRETARIAT.sends(named)).then(
        CodeOfConductNotAccepted(version=1)
    )
    given(WORKING, REGISTERED).when(OPERATOR.sends(of_history)).then(Membership.Joined)


def test_group_that_is_proposed_or_has_concluded_is_not_joined() -> None:
    propose = ProposeGroup(
        command_id=id_of("propose"), year=2018, kind="WORKING_GROUP", name="Outreach", remit="All."
    )
    proposed = propose.created_id

    given(CYCLE, MEMBER.sends(propose)).when(COMMENTER.sends(join(group=proposed))).then(
        GroupNotEstablished(group=proposed)
    )
    given(CONCLUDED).when(JOINED).then(GroupHasConcluded(group=GROUP))


def test_member_leaves_once() -> None:
    left = event(Membership.Left, group_id=GROUP, reason=None)

    for person in (COMMENTER, SECRETARIAT):
        given(WORKING, JOINED).when(person.sends(LEAVE)).then(left)
    again = replace(LEAVE, command_id=id_of("again"))
    given(WORKING, JOINED, COMMENTER.sends(LEAVE)).when(COMMENTER.sends(again)).then(
        MembershipHasEnded(membership=JOIN.created_id)
    )


def test_membership_of_somebody_else_is_not_ended() -> None:
    refused = NotTheMember(membership=JOIN.created_id)

    given(WORKING, JOINED).when(OTHER_COMMENTER.sends(LEAVE)).then(refused)
    given(WORKING, JOINED).erased().when(COMMENTER.sends(LEAVE)).then(refused)
