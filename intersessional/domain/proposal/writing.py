"""Checks a written proposal against a template, and makes the values that are recorded."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.names import comparable_name
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_optional_name, validated_text
from intersessional.domain.kernel.words import count_words
from intersessional.domain.proposal.proposal_section import (
    CO_FACILITATORS_MAX,
    CO_FACILITATORS_MIN,
    ORGANISATIONS_MAX,
    CoFacilitator,
    Organisation,
    ProposalSection,
)
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalIncomplete
from intersessional.domain.proposal.written_proposal import (
    NamedCoFacilitator,
    NamedOrganisation,
    WrittenProposal,
    WrittenSection,
)
from intersessional.domain.template.template_part import (
    PartForm,
    RequirementLevel,
    TemplateVersion,
)


def writing_of(
    written: WrittenProposal,
    template: TemplateVersion,
    act: Act,
    *,
    mag_members: Collection[UUID],
    earlier: Mapping[str, Sealed],
) -> Mapping[str, Any]:
    """The fields of the event that records a written proposal.

    ``mag_members`` are the participants among its co-facilitators who are members of the MAG. A
    text of the ``earlier`` revision is not sealed again.
    What no source has may be absent from an imported proposal, and from no other. Raises BadValue,
    ProposalIncomplete and CoFacilitatorsMissing.
    """
    co_facilitators = _co_facilitators(written.co_facilitators, earlier)
    sections = _sections(written.sections, template, earlier)
    if not act.provenance.historical:
        _check_complete(written, template)
        check_co_facilitators(co_facilitators, mag_members)
    return {
        "sections": sections,
        "co_facilitators": co_facilitators,
        "organisations": _organisations(written.organisations, earlier),
        "words": sum(count_words(section.text) for section in written.sections),
    }


def check_co_facilitators(named: Collection[CoFacilitator], mag_members: Collection[UUID]) -> None:
    """At least two, at least one of them a MAG member (DOMAIN row 43).

    ``mag_members`` are the participants among them who are members; of others it is claimed.
    """
    members = sum(one.mag_member is True or one.participant_id in mag_members for one in named)
    if len(named) < CO_FACILITATORS_MIN or members < 1:
        raise CoFacilitatorsMissing(
            named=len(named), needed=CO_FACILITATORS_MIN, mag_members=members
        )


def missing_parts(
    template: TemplateVersion,
    levels: Collection[RequirementLevel],
    *,
    sections: Collection[str],
    co_facilitators: int,
    organisations: int,
) -> tuple[str, ...]:
    """The keys of the parts of these levels that a proposal lacks, in the template's order."""
    given = {
        PartForm.CO_FACILITATORS: co_facilitators >= CO_FACILITATORS_MIN,
        PartForm.ORGANISATIONS: organisations > 0,
    }
    return tuple(
        part.key
        for part in template.parts
        if part.level in levels and not given.get(part.form, part.key in sections)
    )


def _check_complete(written: WrittenProposal, template: TemplateVersion) -> None:
    missing = missing_parts(
        template,
        [RequirementLevel.REQUIRED],
        sections=[section.key for section in written.sections],
        # How many of them are needed has a refusal of its own.
        co_facilitators=CO_FACILITATORS_MIN,
        organisations=len(written.organisations),
    )
    if missing:
        raise ProposalIncomplete(missing=missing)


def _sections(
    written: Sequence[WrittenSection], template: TemplateVersion, earlier: Mapping[str, Sealed]
) -> tuple[ProposalSection, ...]:
    texts = {part.key for part in template.parts if part.form is PartForm.TEXT}
    for n, section in enumerate(written):
        if section.key not in texts:
            problem = f"version {template.version} of the template asks for no such text."
            raise BadValue(field=f"written.sections.{n}.key", problem=problem)
    if len({section.key for section in written}) < len(written):
        raise BadValue(field="written.sections", problem="a key is given twice.")
    sealed = [
        validated_text(f"written.sections.{n}.text", section.text)
        for n, section in enumerate(written)
    ]
    return tuple(
        ProposalSection(section.key, _sealed_once(text, earlier))
        for section, text in zip(written, sealed, strict=True)
    )


def _co_facilitators(
    named: Sequence[NamedCoFacilitator], earlier: Mapping[str, Sealed]
) -> tuple[CoFacilitator, ...]:
    field = "written.co_facilitators"
    names = _names(field, [one.name for one in named], CO_FACILITATORS_MAX, earlier)
    people = [one.participant for one in named if one.participant is not None]
    if len({*people}) < len(people):
        raise BadValue(field=field, problem="a participant is given twice.")
    for n, one in enumerate(named):
        if one.name is None and one.participant is None:
            raise BadValue(field=f"{field}.{n}.name", problem="give a name or a participant.")
    return tuple(
        CoFacilitator(name, one.mag_member, None)
        if one.participant is None
        else CoFacilitator(None, None, one.participant)
        for name, one in zip(names, named, strict=True)
    )


def _organisations(
    named: Sequence[NamedOrganisation], earlier: Mapping[str, Sealed]
) -> tuple[Organisation, ...]:
    field = "written.organisations"
    names = _names(field, [one.name for one in named], ORGANISATIONS_MAX, earlier)
    return tuple(
        Organisation(name, one.stakeholder_group, one.region)
        for name, one in zip(names, named, strict=True)
        if name is not None
    )


def _names(
    field: str, names: Sequence[str | None], names_max: int, earlier: Mapping[str, Sealed]
) -> Sequence[Sealed | None]:
    """Validate the names; the same name twice is refused, for it would count as two."""
    if len(names) > names_max:
        raise BadValue(field=field, problem=f"at most {names_max}.")
    validated = [validated_optional_name(f"{field}.{n}.name", one) for n, one in enumerate(names)]
    given = [comparable_name(str(one.value)) for one in validated if one is not None]
    if len({*given}) < len(given):
        raise BadValue(field=field, problem="a name is given twice.")
    return [None if one is None else _sealed_once(one, earlier) for one in validated]


def _sealed_once(text: Sealed, earlier: Mapping[str, Sealed]) -> Sealed:
    """The commitment of the earlier revision to the same text, where there is one."""
    return text if text.value is None else earlier.get(text.value, text)
