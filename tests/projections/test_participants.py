"""People as readers see them."""

from dataclasses import replace

import pytest

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import (
    Participant,
    Region,
    StakeholderGroup,
    Tenure,
)
from intersessional.projections.participants import PARTICIPANTS, ParticipantDocument
from tests.projections.tale import Tale, id_of

REGISTERED = ParticipantDocument(
    display_name=Sealed("Ada"),
    stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
    region=Region.WEOG,
)


@pytest.fixture
def tale() -> Tale:
    return Tale()


@pytest.fixture
def participant(tale: Tale) -> Participant:
    return tale.begin(
        Participant,
        Participant.Registered,
        id_of("Ada"),
        display_name=Sealed("Ada"),
        stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
        region=Region.WEOG,
    )


def test_who_registered_is_shown_and_accepting_the_code_changes_nothing(
    tale: Tale, participant: Participant
) -> None:
    tale.go_on(participant, Participant.CodeOfConductAccepted, accepted_version=1)

    assert tale.document(PARTICIPANTS, participant.id) == REGISTERED


def test_a_role_that_was_granted_is_shown_until_it_ended(
    tale: Tale, participant: Participant
) -> None:
    since, until = Occurred.parse("2017"), Occurred.parse("2018-04-04")
    tale.go_on(participant, Participant.RoleGranted, role=Role.MAG_CHAIR, since=since, until=None)
    held = tale.document(PARTICIPANTS, participant.id)
    tale.go_on(participant, Participant.RoleEnded, role=Role.MAG_CHAIR, until=until)
    ended = tale.document(PARTICIPANTS, participant.id)

    assert held == replace(REGISTERED, tenures=(Tenure(Role.MAG_CHAIR, since, None),))
    assert ended == replace(REGISTERED, tenures=(Tenure(Role.MAG_CHAIR, since, until),))
