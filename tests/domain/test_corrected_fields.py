"""What a source may get wrong is corrected; hard rules stay hard (DOMAIN row 47)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.commands import ConfirmAnnualMeeting
from intersessional.domain.command_handling.command import Command
from intersessional.domain.correction.commands import CorrectFact, FieldCorrection
from intersessional.domain.document.commands import ForwardDocument, RecordMissingDocument
from intersessional.domain.document.document import Document
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.body import BodyKind, NamedBody
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.participant.participant import Participant
from tests.domain.actors import FACILITATOR, OTHER_MEMBER, SECRETARIAT, granted, id_of
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import GROUP, WORKING
from tests.domain.scenarios import CYCLE, MEETING

CONFIRM = ConfirmAnnualMeeting(
    command_id=id_of("confirm"),
    year=2018,
    starts_on=date(2018, 11, 12),
    ends_on=date(2018, 11, 14),
    place="Paris",
    time_zone="Europe/Paris",
)
LIST = RecordMissingDocument(
    command_id=id_of("outline"), kind=DocumentKind.OTHER, title="Outline of the programme"
)
FORWARD = ForwardDocument(
    command_id=id_of("forward"),
    document=LIST.created_id,
    recipient=NamedBody(kind=BodyKind.OTHER, name="CSTD"),
)
RECORD = (*CYCLE, SECRETARIAT.sends(CONFIRM), SECRETARIAT.sends(LIST), SECRETARIAT.sends(FORWARD))
CONFIRMED = {"stream": annual_meeting_id(2018), "version": 2}
FORWARDED = {"stream": LIST.created_id, "version": 3}


def correct(event: dict[str, Any], **values: str | None) -> Command:
    changes = tuple(
        FieldCorrection(field=field.replace("__", "."), value=value)
        for field, value in values.items()
    )
    return CorrectFact(
        command_id=id_of(f"correct {event} {values}"),
        **event,
        changes=changes,
        reason="The source was misread.",
    )


def test_place_days_and_zone_are_corrected() -> None:
    corrected = correct(CONFIRMED, place="Geneva", time_zone="Europe/Zurich", ends_on="2018-11-15")

    scenario = given(RECORD).when(SECRETARIAT.sends(corrected)).then(FactCorrected)

    meeting = scenario.aggregate(AnnualMeeting, annual_meeting_id(2018))
    assert (meeting.ends_on, meeting.time_zone) == (date(2018, 11, 15), "Europe/Zurich")


def test_body_that_got_a_document_is_corrected() -> None:
    corrected = correct(FORWARDED, recipient__kind="MAG", recipient__name=None)

    [event] = given(RECORD).when(SECRETARIAT.sends(corrected)).then(FactCorrected).appended

    assert isinstance(event, FactCorrected)
    assert isinstance(event.fact, Document.Forwarded)
    assert event.fact.recipient.kind is BodyKind.MAG


def test_who_it_was_is_corrected_to_a_participant_of_the_record() -> None:
    scenario = given(WORKING)
    group = scenario.aggregate(Group, GROUP)
    version = next(
        one.originator_version
        for one in scenario.events()
        if isinstance(one, Group.FacilitatorAppointed)
    )
    appointed = {"stream": GROUP, "version": version}

    nobody = correct(appointed, participant_id=str(UUID(int=7)))
    scenario.when(SECRETARIAT.sends(nobody)).refusal(NotFound)
    other = correct(appointed, participant_id=str(OTHER_MEMBER.id))
    after = scenario.when(SECRETARIAT.sends(other)).then(FactCorrected)

    assert FACILITATOR.id in group.facilitators
    assert {*after.aggregate(Group, GROUP).facilitators} == {
        *group.facilitators,
        OTHER_MEMBER.id,
    } - {FACILITATOR.id}


@pytest.mark.parametrize(
    ("event", "values", "field"),
    [
        (CONFIRMED, {"ends_on": "2018-11-01"}, "changes"),
        (CONFIRMED, {"time_zone": "Europe/Bern"}, "changes.0.value"),
        (CONFIRMED, {"place": "Pa\nris"}, "changes.0.value"),
        (CONFIRMED, {"place": "P" * 301}, "changes.0.value"),
        (CONFIRMED, {"year": "2019"}, "changes.0.field"),
        (FORWARDED, {"recipient__kind": "MAG"}, "changes"),
        (FORWARDED, {"recipient__kind": "NOBODY"}, "changes.0.value"),
        (FORWARDED, {"recipient__group_id": str(GROUP)}, "changes.0.field"),
        (FORWARDED, {"sender__name": "CSTD"}, "changes.0.field"),
        ({"stream": MEETING, "version": 1}, {"ordinal": "2"}, "changes.0.field"),
        ({"stream": MEETING, "version": 1}, {"duration_minutes": "60"}, "changes"),
        ({"stream": cycle_id(2018), "version": 2}, {"capacity": "1001"}, "changes"),
    ],
)
def test_value_that_no_command_could_have_given_is_refused(
    event: dict[str, Any], values: dict[str, str], field: str
) -> None:
    refused = given(RECORD).when(SECRETARIAT.sends(correct(event, **values))).refusal(BadValue)

    assert refused.field == field


def test_corrected_time_of_a_role_goes_with_the_roles_of_that_time() -> None:
    until_2016 = granted(OTHER_MEMBER, Role.SECRETARIAT, "2014-01-01", "2016-01-01")
    scenario = given(RECORD, until_2016)
    version = scenario.aggregate(Participant, OTHER_MEMBER.id).version
    role = {"stream": OTHER_MEMBER.id, "version": version}

    later = correct(role, until="2017-01-01")
    overlap = correct(role, until="2019-01-01")

    scenario.when(SECRETARIAT.sends(later)).then(FactCorrected)
    refused = scenario.when(SECRETARIAT.sends(overlap)).refusal(BadValue)
    assert refused.field == "changes"
