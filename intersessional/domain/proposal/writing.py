"""Checks a filled-in template, and makes the ``Template`` that is recorded."""

from collections.abc import Sequence

from intersessional.domain.kernel import words
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.names import comparable_name
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_name, validated_optional_text
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalIncomplete
from intersessional.domain.proposal.template import (
    CO_FACILITATORS_MAX,
    CO_FACILITATORS_MIN,
    ORGANISATIONS_MAX,
    CoFacilitator,
    Organisation,
    Template,
)
from intersessional.domain.proposal.written_proposal import (
    NamedCoFacilitator,
    NamedOrganisation,
    WrittenProposal,
)

_PARTS = (
    "relationship_to_governance",
    "relevance_to_communities",
    "topics",
    "objectives",
    "focus",
    "outreach_plan",
    "anticipated_engagement",
    "further_outreach",
)
_REQUIRED = ("topics", "objectives", "focus", "outreach_plan", "anticipated_engagement")


def template_of(written: WrittenProposal, act: Act) -> Template:
    """The written proposal as the record holds it.

    What no source has may be absent from an imported proposal, and from no other.
    Raises BadValue, ProposalIncomplete and CoFacilitatorsMissing.
    """
    if not act.provenance.historical:
        missing = tuple(part for part in _REQUIRED if getattr(written, part) is None)
        if missing:
            raise ProposalIncomplete(missing=missing)
        members = sum(named.mag_member for named in written.co_facilitators)
        check_co_facilitators(len(written.co_facilitators), members)
    return Template(
        co_facilitators=_co_facilitators(written.co_facilitators),
        organisations=_organisations(written.organisations),
        **{
            part: validated_optional_text(f"written.{part}", getattr(written, part))
            for part in _PARTS
        },
    )


def check_co_facilitators(named: int, mag_members: int) -> None:
    """At least two, at least one of them a MAG member (DOMAIN row 43)."""
    if named < CO_FACILITATORS_MIN or mag_members < 1:
        raise CoFacilitatorsMissing(
            named=named, needed=CO_FACILITATORS_MIN, mag_members=mag_members
        )


def count_words(written: WrittenProposal) -> int:
    """How many words were written; two to three pages of about 500 are advised (DOMAIN row 42)."""
    return sum(words.count_words(getattr(written, part) or "") for part in _PARTS)


def _co_facilitators(named: Sequence[NamedCoFacilitator]) -> tuple[CoFacilitator, ...]:
    names = _names("written.co_facilitators", [one.name for one in named], CO_FACILITATORS_MAX)
    return tuple(map(CoFacilitator, names, [one.mag_member for one in named]))


def _organisations(named: Sequence[NamedOrganisation]) -> tuple[Organisation, ...]:
    names = _names("written.organisations", [one.name for one in named], ORGANISATIONS_MAX)
    groups, regions = [one.stakeholder_group for one in named], [one.region for one in named]
    return tuple(map(Organisation, names, groups, regions))


def _names(field: str, names: Sequence[str], names_max: int) -> Sequence[Sealed]:
    """Validate the names; the same name twice is refused, for it would count as two."""
    if len(names) > names_max:
        raise BadValue(field=field, problem=f"at most {names_max}.")
    validated = [validated_name(f"{field}.{n}.name", one) for n, one in enumerate(names)]
    if len({comparable_name(str(one.value)) for one in validated}) < len(names):
        raise BadValue(field=field, problem="a name is given twice.")
    return validated
