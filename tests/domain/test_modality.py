"""Modalities of a group: proposed openly, supported, adopted (DOMAIN row 25)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import ScheduleGroupMeeting
from intersessional.domain.membership.commands import JoinGroup, LeaveGroup
from intersessional.domain.membership.refusals import NotTheMember
from intersessional.domain.modality.commands import (
    AdoptModality,
    ProposeModality,
    SupportModality,
)
from intersessional.domain.modality.modality import Modality
from intersessional.domain.modality.modality_state import ModalityState
from intersessional.domain.modality.refusals import ModalityNotIn
from intersessional.domain.rule.core_rules import MODALITY_SUPPORTED
from intersessional.domain.rule.override import Override
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OTHER_COMMENTER,
    SECRETARIAT,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, GROUP, WORKING
from tests.domain.scenarios import MEETING

JOIN = JoinGroup(command_id=id_of("join"), group=GROUP)
PROPOSE = ProposeModality(
    command_id=id_of("propose modality"), group=GROUP, modality="Calls every two weeks."
)
SUPPORT = SupportModality(
    command_id=id_of("support"), modality=PROPOSE.created_id, membership=JOIN.created_id
)
CALL = ScheduleGroupMeeting(
    command_id=id_of("call"),
    group=GROUP,
    held=Occurred.parse("2018-04-04"),
    label="First call",
)
PROPOSED = (*WORKING, COMMENTER.sends(JOIN), COMMENTER.sends(PROPOSE))
SUPPORTED = (*PROPOSED, COMMENTER.sends(SUPPORT))
MET = FACILITATOR.sends(CALL)


def adopt(key: str = "adopt", /, **fields: Any) -> AdoptModality:
    given_fields: dict[str, Any] = {"modality": PROPOSE.created_id} | fields
    return AdoptModality(command_id=id_of(key), **given_fields)


@pytest.mark.parametrize("person", [COMMENTER, FACILITATOR, SECRETARIAT])
def test_anybody_who_takes_part_proposes_a_modality(person: Any) -> None:
    given(WORKING, MET).when(person.sends(replace(PROPOSE, meeting=CALL.created_id))).then(
        event(
            Modality.Proposed,
            group_id=GROUP,
            modality=Sealed("Calls every two weeks."),
            meeting_id=CALL.created_id,
        )
    )


def test_modality_is_proposed_at_a_meeting_of_the_group_that_is_at_work() -> None:
    given(WORKING).when(FACILITATOR.sends(replace(PROPOSE, meeting=MEETING))).then(
        BadValue(field="meeting", problem="it is no meeting of the group.")
    )
    given(CONCLUDED).when(FACILITATOR.sends(PROPOSE)).then(GroupHasConcluded(group=GROUP))


def test_member_supports_a_modality_once() -> None:
    again = replace(SUPPORT, command_id=id_of("again"))

    given(PROPOSED).when(COMMENTER.sends(SUPPORT)).then(
        event(Modality.Supported, group_id=GROUP, membership_id=JOIN.created_id)
    )
    given(SUPPORTED).when(COMMENTER.sends(again)).then(
        AlreadyRecorded(kind="support", id=JOIN.created_id)
    )


def test_support_is_that_of_members_alone() -> None:
    left = LeaveGroup(command_id=id_of("leave"), membership=JOIN.created_id)

    given(PROPOSED).when(OTHER_COMMENTER.sends(SUPPORT)).then(
        NotTheMember(membership=JOIN.created_id)
    )
    given(PROPOSED, COMMENTER.sends(left)).when(COMMENTER.sends(SUPPORT)).then(
        BadValue(field="membership", problem="it is none in the group.")
    )


@pytest.mark.parametrize(
    ("record", "fields"),
    [(SUPPORTED, {}), (PROPOSED, {"support": 12}), (PROPOSED, {"without_objection": True})],
)
def test_modality_is_adopted_with_recorded_support_or_without_objection(
    record: tuple[SentCommand, ...], fields: dict[str, Any]
) -> None:
    given(record).when(FACILITATOR.sends(adopt(**fields))).then(
        event(
            Modality.Adopted,
            group_id=GROUP,
            supported=1 if record is SUPPORTED else 0,
            support=fields.get("support"),
            without_objection=fields.get("without_objection", False),
        )
    )


def test_adoption_without_support_needs_an_override_that_is_recorded() -> None:
    override = Override(rule=MODALITY_SUPPORTED.key, rationale="The calls have begun.")

    refused = given(PROPOSED).when(FACILITATOR.sends(adopt())).refusal(OverrideRequired)
    assert refused.rule == MODALITY_SUPPORTED.key
    given(PROPOSED).when(FACILITATOR.sends(adopt(overrides=(override,)))).then(
        Modality.Adopted,
        event(
            Deviation.Recorded,
            rule=MODALITY_SUPPORTED.key,
            subject=PROPOSE.created_id,
            group_id=GROUP,
            rationale=Sealed("The calls have begun."),
        ),
    )


def test_history_is_not_gated() -> None:
    told = adopt(provenance=Provenance(Ground.IMPORTED))

    given(PROPOSED).when(in_the_name_of(SECRETARIAT).sends(told)).then(
        Modality.Adopted, event(Deviation.Recorded, rationale=None)
    )


def test_secretariat_records_what_the_group_adopted_at_a_meeting() -> None:
    at_meeting = adopt(without_objection=True, meeting=CALL.created_id)

    given(PROPOSED, MET).when(SECRETARIAT.sends(at_meeting)).then(
        event(Modality.Adopted, meeting_id=CALL.created_id)
    )
    given(PROPOSED).when(SECRETARIAT.sends(adopt(without_objection=True))).then(
        BadValue(
            field="meeting",
            problem="the Secretariat names the meeting at which the group adopted it.",
        )
    )


def test_only_the_stewards_of_the_group_adopt() -> None:
    given(PROPOSED).when(MEMBER.sends(adopt(support=3))).then(
        RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    )


def test_modality_is_adopted_once_and_may_be_replaced() -> None:
    other = replace(PROPOSE, command_id=id_of("other"), modality="Calls every week.")
    record = (*SUPPORTED, FACILITATOR.sends(adopt()), COMMENTER.sends(other))
    command = adopt("another", modality=other.created_id, support=4, replaces=PROPOSE.created_id)

    given(record).when(FACILITATOR.sends(adopt("again"))).then(
        ModalityNotIn(
            modality=PROPOSE.created_id,
            state=ModalityState.ADOPTED,
            needed=ModalityState.PROPOSED,
        )
    )
    given(record).when(FACILITATOR.sends(command)).then(
        Modality.Adopted,
        event(Modality.Replaced, group_id=GROUP, replaced_by=other.created_id),
    )
