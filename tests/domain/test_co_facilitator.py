"""The co-facilitators that a proposal names: how many, who, and in which role."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import GrantRole
from intersessional.domain.proposal.commands import ReviseProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing
from intersessional.domain.proposal.written_proposal import (
    NamedCoFacilitator,
)
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    WRITTEN,
    approve,
    decide,
    named,
    proposal_id,
    submit,
    submitted,
)

IMPORTED = Provenance(Ground.IMPORTED)


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
    ("claimed", "person", "counted"), [(True, COMMENTER, 0), (False, MEMBER, 1)]
)
def test_role_of_a_co_facilitator_who_is_in_the_record_follows_from_it(
    claimed: bool, person: Person, counted: int
) -> None:
    written = replace(
        WRITTEN,
        co_facilitators=(
            NamedCoFacilitator(name="Ann", mag_member=claimed, participant=person.id),
            NamedCoFacilitator(name="Ben"),
        ),
    )
    outcome = given(CYCLE).when(MEMBER.sends(submit("ai", written=written)))

    if counted:
        known, named = (
            CoFacilitator(None, None, person.id),
            CoFacilitator(Sealed("Ben"), None, None),
        )
        outcome.then(Proposal.PutForward, event(Proposal.Submitted, co_facilitators=(known, named)))
    else:
        outcome.then(CoFacilitatorsMissing(named=2, needed=2, mag_members=0))


def test_role_of_a_co_facilitator_that_is_told_later_counts_when_the_proposal_is_approved() -> None:
    written = replace(
        WRITTEN,
        co_facilitators=(
            NamedCoFacilitator(participant=COMMENTER.id),
            NamedCoFacilitator(name="Ben"),
        ),
    )
    imported = submit(
        "ai", written=written, occurred=Occurred.parse("2018-04-01"), provenance=IMPORTED
    )
    role = GrantRole(
        command_id=id_of("role"),
        participant=COMMENTER.id,
        role=Role.MAG_MEMBER,
        since=Occurred.parse("2018-01"),
    )
    record = given(CYCLE, OPERATOR.sends(imported))
    approval = CHAIR.sends(decide("ai", approve("ai")))

    record.when(approval).then(CoFacilitatorsMissing(named=2, needed=2, mag_members=0))
    assert record.given(SECRETARIAT.sends(role)).when(approval).refused is None


def test_co_facilitator_is_a_participant_or_has_a_name() -> None:
    written = replace(WRITTEN, co_facilitators=(NamedCoFacilitator(mag_member=True),))

    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(
        BadValue(field="written.co_facilitators.0.name", problem="give a name or a participant.")
    )


def test_participant_who_is_named_twice_as_a_co_facilitator_is_refused() -> None:
    twice = tuple(NamedCoFacilitator(name=name, participant=MEMBER.id) for name in ("A", "B"))
    written = replace(WRITTEN, co_facilitators=twice)

    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(
        BadValue(field="written.co_facilitators", problem="a participant is given twice.")
    )
