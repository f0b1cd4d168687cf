"""The proposal template: what a written proposal must hold (DOMAIN rows 43 to 46)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.proposal.commands import ReviseProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalIncomplete
from intersessional.domain.proposal.written_proposal import (
    NamedCoFacilitator,
    NamedOrganisation,
    WrittenProposal,
)
from tests.domain.actors import MEMBER, OPERATOR, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE, WRITTEN, named, proposal_id, submit, submitted


def test_a_written_proposal_asks_for_every_required_part() -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai", written=WrittenProposal()))).then(
        ProposalIncomplete(
            missing=("topics", "objectives", "focus", "outreach_plan", "anticipated_engagement")
        )
    )


@pytest.mark.parametrize(
    "part",
    ["relationship_to_governance", "relevance_to_communities", "further_outreach", "organisations"],
)
def test_written_proposal_may_lack_optional_parts(part: str) -> None:
    left_out: dict[str, Any] = {part: () if part == "organisations" else None}
    without = replace(WRITTEN, **left_out)

    given(CYCLE).when(MEMBER.sends(submit("ai", written=without))).then(
        Proposal.PutForward, Proposal.Submitted
    )


@pytest.mark.parametrize(
    ("mag_members", "refused"),
    [
        ((), CoFacilitatorsMissing(named=0, needed=2, mag_members=0)),
        ((True,), CoFacilitatorsMissing(named=1, needed=2, mag_members=1)),
        ((False, False), CoFacilitatorsMissing(named=2, needed=2, mag_members=0)),
        ((False,) * 20, CoFacilitatorsMissing(named=20, needed=2, mag_members=0)),
    ],
)
def test_two_co_facilitators_are_needed_one_of_them_of_the_mag(
    mag_members: tuple[bool, ...], refused: CoFacilitatorsMissing
) -> None:
    written = named(*mag_members)
    revision = ReviseProposal(
        command_id=id_of("revise"), proposal=proposal_id("cybersecurity"), written=written
    )

    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(refused)
    given(CYCLE, submitted("cybersecurity")).when(MEMBER.sends(revision)).then(refused)


@pytest.mark.parametrize("twice", ["Ann", "ANN", " Ann "])
def test_co_facilitator_named_twice_is_refused(twice: str) -> None:
    written = replace(
        WRITTEN,
        co_facilitators=(
            NamedCoFacilitator(name="Ann", mag_member=True),
            NamedCoFacilitator(name=twice, mag_member=False),
        ),
    )

    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(
        BadValue(field="written.co_facilitators", problem="a name is given twice.")
    )


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        (named(*[True] * 21), BadValue(field="written.co_facilitators", problem="at most 20.")),
        (
            replace(
                WRITTEN,
                organisations=tuple(NamedOrganisation(name=f"Org {n}") for n in range(201)),
            ),
            BadValue(field="written.organisations", problem="at most 200."),
        ),
        (
            replace(WRITTEN, organisations=(NamedOrganisation(name="A\nB"),)),
            BadValue(field="written.organisations.0.name", problem="it has more than one line."),
        ),
        (
            replace(WRITTEN, focus="x" * 20_001),
            BadValue(field="written.focus", problem="it has 20001 bytes; 20000 are allowed."),
        ),
        (
            replace(WRITTEN, further_outreach=" "),
            BadValue(field="written.further_outreach", problem="it is empty."),
        ),
    ],
)
def test_written_proposal_with_a_malformed_value_is_refused(
    written: WrittenProposal, refused: BadValue
) -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(refused)


def test_an_imported_proposal_lacks_what_its_sources_lack() -> None:
    nothing = WrittenProposal()

    for ground in (Ground.IMPORTED, Ground.INFERRED):
        command = submit("ai", written=nothing, provenance=Provenance(ground))
        given(CYCLE).when(OPERATOR.sends(command)).then(Proposal.PutForward, Proposal.Submitted)
    for ground in (Ground.LIVE, Ground.ILLUSTRATION):
        command = submit("ai", written=nothing, provenance=Provenance(ground))
        outcome = given(CYCLE).when(OPERATOR.sends(command))
        assert isinstance(outcome.refused, ProposalIncomplete)


def test_a_proposal_is_checked_against_a_version_of_the_template() -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai"))).then(
        Proposal.PutForward, event(Proposal.Submitted, template_version=1, words=21)
    )
