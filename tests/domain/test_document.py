"""Documents: versions, what no source has, and the order in which they go (rows 6, 15)."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.document.commands import (
    ForwardDocument,
    PublishDocument,
    RecordMissingDocument,
    ReviseDocument,
)
from intersessional.domain.document.document import Document
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.document.document_text import WrittenVersion
from intersessional.domain.group.commands import RecordGroupReport
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.body import MAG, Body, BodyKind, NamedBody
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.rule.core_rules import DOCUMENT_ROUTED
from intersessional.domain.rule.override import Override
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    SECRETARIAT,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import MEETING
from tests.domain.working_group_scenarios import ESTABLISHED, GROUP

OF_GROUP = NamedBody(kind=BodyKind.GROUP, group=GROUP)
TO_MAG = NamedBody(kind=BodyKind.MAG)
FIRST = WrittenVersion(
    label="Draft 1",
    dated=Occurred.parse("2018-04"),
    language="EN",
    text="The annex.",
    raw_text="The annex Il.",
    sha256="0" * 64,
)
PUBLISH = PublishDocument(
    command_id=id_of("publish"),
    kind=DocumentKind.MANDATE,
    title="The mandate",
    body=OF_GROUP,
    year=2018,
    version=FIRST,
)
DOCUMENT = PUBLISH.derived_id
MISSING = RecordMissingDocument(
    command_id=id_of("missing"), kind=DocumentKind.AGENDA, title="Annex I"
)
REVISE = ReviseDocument(
    command_id=id_of("revise"), document=DOCUMENT, version=WrittenVersion(label="2", source="a")
)
FORWARD = ForwardDocument(
    command_id=id_of("forward"), document=DOCUMENT, recipient=TO_MAG, meeting=MEETING
)
TO_GROUP = replace(FORWARD, command_id=id_of("to group"), recipient=OF_GROUP, meeting=None)
PUBLISHED = (*ESTABLISHED, FACILITATOR.sends(PUBLISH))
STEWARDS = (Role.FACILITATOR, Role.SECRETARIAT, Role.MAG_CHAIR)


def test_a_facilitator_publishes_a_document_of_the_group_with_raw_and_normalised_text() -> None:
    given(ESTABLISHED).when(FACILITATOR.sends(PUBLISH)).then(
        event(Document.Listed, body=Body.of_group(GROUP), title=Sealed("The mandate"), year=2018),
        event(
            Document.VersionPublished,
            label=Sealed("Draft 1"),
            dated=Occurred.parse("2018-04"),
            language="en",
            text=Sealed("The annex."),
            raw_text=Sealed("The annex Il."),
            sha256="0" * 64,
        ),
    )


def test_a_document_is_published_by_the_group_or_the_secretariat() -> None:
    unowned = replace(PUBLISH, body=None)

    given(ESTABLISHED).when(COMMENTER.sends(PUBLISH)).then(RoleRequired(needed=STEWARDS, at=NOW))
    given(ESTABLISHED).when(FACILITATOR.sends(unowned)).then(RoleRequired(needed=STEWARDS, at=NOW))
    given(ESTABLISHED).when(SECRETARIAT.sends(unowned)).then(
        event(Document.Listed, body=None), Document.VersionPublished
    )


@pytest.mark.parametrize(
    ("version", "field"),
    [
        (WrittenVersion(label="1"), "version.text"),
        (WrittenVersion(label="1", source="a", raw_text="Il"), "version.raw_text"),
        (WrittenVersion(label="1", sha256="ABC"), "version.sha256"),
        (WrittenVersion(label="1", text="A", language="?"), "version.language"),
        (WrittenVersion(label="", text="A"), "version.label"),
    ],
)
def test_a_version_has_a_text_a_source_or_a_hash(version: WrittenVersion, field: str) -> None:
    with pytest.raises(BadValue) as refused:
        version.validated(Occurred.instant(NOW))

    assert refused.value.field == field


def test_a_document_is_revised_and_dated_by_the_command_where_no_date_is_given() -> None:
    given(PUBLISHED).when(FACILITATOR.sends(REVISE)).then(
        event(Document.VersionPublished, source="a", text=None, dated=Occurred.instant(NOW))
    )


def test_a_document_that_no_source_has_is_recorded_as_missing_until_it_is_found() -> None:
    missing = SECRETARIAT.sends(MISSING)
    found = replace(REVISE, document=MISSING.derived_id)

    given(ESTABLISHED).when(missing).then(
        event(Document.Listed, title=Sealed("Annex I")), Document.ReportedMissing
    )
    given(ESTABLISHED, missing).when(SECRETARIAT.sends(found)).then(Document.VersionPublished)


def test_document_routed_a_document_of_a_group_goes_to_the_group_first_then_to_the_mag() -> None:
    facts = (Fact("recipient", word="MAG"),)

    given(PUBLISHED).when(FACILITATOR.sends(FORWARD)).then(
        OverrideRequired(rule="DOCUMENT_ROUTED", requirement=DOCUMENT_ROUTED.sentence, facts=facts)
    )
    given(PUBLISHED, FACILITATOR.sends(TO_GROUP)).when(FACILITATOR.sends(FORWARD)).then(
        event(Document.Forwarded, recipient=MAG, meeting_id=MEETING)
    )


def test_document_routed_is_deviated_from_with_reasons_and_in_history() -> None:
    reasons = (Override(rule="DOCUMENT_ROUTED", rationale="It is urgent."),)
    told = replace(FORWARD, provenance=Provenance(Ground.IMPORTED))

    given(PUBLISHED).when(FACILITATOR.sends(replace(FORWARD, overrides=reasons))).then(
        event(Deviation.Recorded, rationale=Sealed("It is urgent."), group_id=GROUP),
        event(Document.Forwarded, recipient=MAG),
    )
    given(PUBLISHED).when(in_the_name_of(SECRETARIAT).sends(told)).then(
        event(Deviation.Recorded, rationale=None), Document.Forwarded
    )


def test_a_document_without_a_group_goes_to_the_mag_at_once_and_never_to_its_sender() -> None:
    unowned = replace(PUBLISH, body=None)
    itself = replace(FORWARD, sender=TO_MAG)

    given(ESTABLISHED, SECRETARIAT.sends(unowned)).when(SECRETARIAT.sends(FORWARD)).then(
        event(Document.Forwarded, sender=None, recipient=MAG)
    )
    given(ESTABLISHED, SECRETARIAT.sends(unowned)).when(SECRETARIAT.sends(itself)).then(
        BadValue(field="recipient", problem="it is the body that forwards it.")
    )


def test_a_group_reports_in_a_document() -> None:
    report = RecordGroupReport(
        command_id=id_of("report"), group=GROUP, year=2018, document=DOCUMENT
    )

    given(ESTABLISHED, SECRETARIAT.sends(PUBLISH)).when(FACILITATOR.sends(report)).then(
        event(Group.Reported, report=None, document_id=DOCUMENT)
    )
