"""From a filled-in template to what the record holds of it."""

from intersessional.domain.act import Act, Ground
from intersessional.domain.proposal.commands import WrittenProposal
from intersessional.domain.proposal.refused import CoFacilitatorsMissing, ProposalIncomplete
from intersessional.domain.proposal.template import (
    CO_FACILITATORS_MIN,
    CoFacilitator,
    Organisation,
    Template,
)
from intersessional.domain.texts import NAME_MAX, optional_text, text

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


def template(written: WrittenProposal, act: Act) -> Template:
    """The written proposal as the record holds it.

    What no source has may be absent from an imported proposal, and from no other.
    Raises BadValue, ProposalIncomplete and CoFacilitatorsMissing.
    """
    if act.provenance.ground not in (Ground.IMPORTED, Ground.INFERRED):
        missing = tuple(_shown(part) for part in _REQUIRED if getattr(written, part) is None)
        if missing:
            raise ProposalIncomplete(missing=missing)
        members = sum(named.mag_member for named in written.co_facilitators)
        check_co_facilitators(len(written.co_facilitators), members)
    return Template(
        co_facilitators=tuple(
            CoFacilitator(text("coFacilitators.name", named.name, NAME_MAX), named.mag_member)
            for named in written.co_facilitators
        ),
        organisations=tuple(
            Organisation(
                text("organisations.name", named.name, NAME_MAX),
                named.stakeholder_group,
                named.region,
            )
            for named in written.organisations
        ),
        **{part: optional_text(_shown(part), getattr(written, part)) for part in _PARTS},
    )


def check_co_facilitators(named: int, mag_members: int) -> None:
    """At least two, at least one of them a MAG member (DOMAIN row 43)."""
    if named < CO_FACILITATORS_MIN or mag_members < 1:
        raise CoFacilitatorsMissing(
            named=named, needed=CO_FACILITATORS_MIN, mag_members=mag_members
        )


def words(written: WrittenProposal) -> int:
    """How many words were written; two to three pages of about 500 are advised (DOMAIN row 42)."""
    return sum(len((getattr(written, part) or "").split()) for part in _PARTS)


def _shown(part: str) -> str:
    """The part's name as whoever wrote it knows it."""
    first, *others = part.split("_")
    return first + "".join(other.capitalize() for other in others)
