"""The view of participants."""

from dataclasses import replace

import pytest

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.participant.tenure import Tenure
from intersessional.projections.kernel.view import under
from intersessional.projections.participants import PARTICIPANTS, ParticipantDocument
from tests.projections.event_history import EventHistory, id_of

REGISTERED = ParticipantDocument(
    display_name=Sealed("Ada"),
    stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
    region=Region.WEOG,
)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def participant(history: EventHistory) -> Participant:
    return history.begin(
        Participant,
        Participant.Registered,
        id_of("Ada"),
        display_name=Sealed("Ada"),
        stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
        region=Region.WEOG,
    )


def test_participant_is_shown_from_registration_on(
    history: EventHistory, participant: Participant
) -> None:
    history.append(participant, Participant.CodeOfConductAccepted, accepted_version=1)

    assert history.document(PARTICIPANTS, participant.id) == replace(
        REGISTERED, accepted_code_of_conduct=1
    )


def test_a_role_that_was_granted_is_shown_until_it_ended(
    history: EventHistory, participant: Participant
) -> None:
    since, until = Occurred.parse("2017"), Occurred.parse("2018-04-04")
    history.append(
        participant,
        Participant.RoleGranted,
        tenure_id=id_of("tenure"),
        role=Role.MAG_CHAIR,
        since=since,
        until=None,
        reason=None,
    )
    held = history.document(PARTICIPANTS, participant.id)
    history.append(
        participant,
        Participant.RoleEnded,
        tenure_id=id_of("tenure"),
        role=Role.MAG_CHAIR,
        until=until,
    )
    ended = history.document(PARTICIPANTS, participant.id)

    tenure = Tenure(id_of("tenure"), participant.id, Role.MAG_CHAIR, since, since)
    assert held.tenures == (tenure,)
    assert ended.tenures == (replace(tenure, until=until),)
    assert PARTICIPANTS.lists(ended) == under(None, "MAG_CHAIR")


def test_what_changed_is_shown_and_the_rest_stays(
    history: EventHistory, participant: Participant
) -> None:
    history.append(
        participant,
        Participant.Changed,
        display_name=Sealed("Ada Lovelace"),
        stakeholder_group=None,
        region=Region.GRULAC,
    )

    assert history.document(PARTICIPANTS, participant.id) == replace(
        REGISTERED, display_name=Sealed("Ada Lovelace"), region=Region.GRULAC
    )
