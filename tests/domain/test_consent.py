"""Another member's proposal: written and revised with the consent of a proposer."""

from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.commands import ConsentToRevision
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import NotAProposer
from tests.domain.actors import (
    CHAIR,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    decide,
    merge,
    moot,
    proposal_id,
    revise,
    submit,
    submitted,
    withdraw,
)

AI = proposal_id("ai")
REVISE = revise("ai")
SUBMITTED = (*CYCLE, *submitted("ai"))
MOOTED = moot("ai")
IN_WRITING = submit("ai", proposal=MOOTED.derived_id, title=None)
IMPORTED = Provenance(Ground.IMPORTED)


def consent(**fields: Any) -> ConsentToRevision:
    """The other member may revise the proposal."""
    named: dict[str, Any] = {"proposal": AI, "member": OTHER_MEMBER.id} | fields
    return ConsentToRevision(command_id=id_of("consent"), **named)


def test_another_member_neither_revises_nor_writes_a_proposal() -> None:
    given(SUBMITTED).when(OTHER_MEMBER.sends(REVISE)).then(NotAProposer(proposal=AI))
    given(CYCLE, MEMBER.sends(MOOTED)).when(OTHER_MEMBER.sends(IN_WRITING)).then(
        NotAProposer(proposal=MOOTED.derived_id)
    )


def test_another_member_revises_a_proposal_with_the_consent_of_its_proposer() -> None:
    given(SUBMITTED).when(MEMBER.sends(consent())).then(
        event(
            Proposal.ConsentGiven,
            originator_id=AI,
            cycle_id=cycle_id(2018),
            proposer_id=MEMBER.id,
            member_id=OTHER_MEMBER.id,
            source=None,
        )
    )
    given(SUBMITTED, MEMBER.sends(consent())).when(OTHER_MEMBER.sends(REVISE)).then(
        event(Proposal.Revised, consented_by=MEMBER.id)
    )
    given(SUBMITTED, MEMBER.sends(consent())).when(MEMBER.sends(REVISE)).then(
        event(Proposal.Revised, consented_by=None)
    )


def test_another_member_writes_a_mooted_proposal_with_the_consent_of_its_proposer() -> None:
    agreed = consent(proposal=MOOTED.derived_id)

    given(CYCLE, MEMBER.sends(MOOTED), MEMBER.sends(agreed)).when(
        OTHER_MEMBER.sends(IN_WRITING)
    ).then(event(Proposal.Submitted, consented_by=MEMBER.id))


def test_consent_lets_nobody_withdraw_a_proposal() -> None:
    given(SUBMITTED, MEMBER.sends(consent())).when(OTHER_MEMBER.sends(withdraw("ai"))).then(
        NotAProposer(proposal=AI)
    )


def test_secretariat_records_a_consent_with_its_source() -> None:
    command = consent(proposer=MEMBER.id, source="Mail to the MAG list, 9 April.")

    given(SUBMITTED).when(SECRETARIAT.sends(command)).then(
        event(
            Proposal.ConsentGiven,
            proposer_id=MEMBER.id,
            source=Sealed("Mail to the MAG list, 9 April."),
        )
    )
    given(SUBMITTED, SECRETARIAT.sends(command)).when(OTHER_MEMBER.sends(REVISE)).then(
        event(Proposal.Revised, consented_by=MEMBER.id)
    )


@pytest.mark.parametrize(
    ("person", "fields", "refused"),
    [
        (OTHER_MEMBER, {}, NotAProposer(proposal=AI)),
        (
            OTHER_MEMBER,
            {"proposer": MEMBER.id},
            BadValue(field="proposer", problem="a proposer consents in their own name."),
        ),
        (
            MEMBER,
            {"member": MEMBER.id},
            BadValue(field="member", problem="they are one of its proposers."),
        ),
        (MEMBER, {"member": id_of("x")}, NotFound(kind="participant", id=str(id_of("x")))),
        (
            SECRETARIAT,
            {"proposer": MEMBER.id},
            BadValue(field="source", problem="say where the proposer gave the consent."),
        ),
        (
            SECRETARIAT,
            {"source": "A call."},
            BadValue(field="proposer", problem="name the proposer who consented."),
        ),
        (
            SECRETARIAT,
            {"proposer": CHAIR.id, "source": "A call."},
            NotAProposer(proposal=AI),
        ),
    ],
)
def test_consent_of_anyone_but_a_proposer_is_refused(
    person: Person, fields: dict[str, Any], refused: BadValue | NotAProposer | NotFound
) -> None:
    given(SUBMITTED).when(person.sends(consent(**fields))).then(refused)


def test_consent_is_given_once() -> None:
    again = ConsentToRevision(command_id=id_of("again"), proposal=AI, member=OTHER_MEMBER.id)

    given(SUBMITTED, MEMBER.sends(consent())).when(MEMBER.sends(again)).then(
        AlreadyRecorded(kind="consent", id=AI)
    )


def test_a_merged_proposal_is_written_by_those_who_put_its_parts_forward() -> None:
    command = decide("merge", merge("ai", "big data"))
    merged = outcome_id(command.command_id, 1)
    both = (*CYCLE, *submitted("ai"), OTHER_MEMBER.sends(submit("big data")), CHAIR.sends(command))
    in_writing = submit("both", proposal=merged, title=None)

    assert given(both).aggregate(Proposal, merged).proposers == (MEMBER.id, OTHER_MEMBER.id)
    for person in (MEMBER, OTHER_MEMBER):
        given(both).when(person.sends(in_writing)).then(Proposal.Submitted)


def test_proposal_whose_proposers_no_source_names_is_written_by_any_member() -> None:
    imported = OPERATOR.sends(submit("ai", provenance=IMPORTED))

    given(CYCLE, imported).when(OTHER_MEMBER.sends(REVISE)).then(
        event(Proposal.Revised, consented_by=None)
    )


def test_imported_revision_by_another_member_needs_no_consent_in_history_alone() -> None:
    of_history = in_the_name_of(MEMBER).sends(submit("ai", provenance=IMPORTED))
    imported = in_the_name_of(OTHER_MEMBER).sends(revise("ai", provenance=IMPORTED))

    given(CYCLE, of_history).when(imported).then(event(Proposal.Revised, consented_by=None))
    given(SUBMITTED).when(imported).then(NotAProposer(proposal=AI))
