"""Proposals: mooted, written along the template, revised."""

from dataclasses import replace
from datetime import date

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import OpenCycle, SetProposalDeadline
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired, StaleVersion
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import ScheduleMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import Organisation, ProposalSection
from intersessional.domain.proposal.written_proposal import NamedOrganisation
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, OPERATOR, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import (
    CYCLE,
    MEETING,
    WRITTEN,
    moot,
    proposal_id,
    revise,
    sections,
    submit,
    submitted,
    withdraw,
)

IMPORTED = Provenance(Ground.IMPORTED)
MOOTED = moot("cybersecurity")
REVISE, WITHDRAW = revise("cybersecurity"), withdraw("cybersecurity")
NEXT_CYCLE = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))


def in_writing(**fields: object) -> SubmitProposal:
    """The mooted proposal is submitted in writing."""
    return submit("cybersecurity", **{"proposal": MOOTED.derived_id, "title": None} | fields)


def test_a_proposal_can_be_mooted_before_it_is_written() -> None:
    command = moot(
        "cybersecurity",
        theme="cybersecurity",
        is_new=False,
        year_reported=2,
        meeting=MEETING,
    )

    given(CYCLE).when(MEMBER.sends(command)).then(
        event(
            Proposal.PutForward,
            originator_id=command.derived_id,
            cycle_id=cycle_id(2018),
            year=2018,
            group_kind="BPF",
            theme="cybersecurity",
            title=Sealed("Cybersecurity"),
            is_new=False,
            year_of_theme_reported=2,
            phase=None,
            orally=True,
            proposers=(MEMBER.id,),
            merged_from=(),
        ),
        event(Proposal.Presented, cycle_id=cycle_id(2018), meeting_id=MEETING, presenter_id=None),
    )


@pytest.mark.parametrize(
    ("fields", "orally", "is_new"),
    [({}, None, None), ({"meeting": MEETING, "is_new": False}, True, False)],
)
def test_imported_proposal_claims_nothing_that_its_source_does_not_say(
    fields: dict[str, object], orally: bool | None, is_new: bool | None
) -> None:
    imported = moot("ai", provenance=IMPORTED, occurred=Occurred.instant(NOW), **fields)

    outcome = given(CYCLE).when(OPERATOR.sends(imported))

    put_forward = event(Proposal.PutForward, orally=orally, is_new=is_new)
    outcome.then(put_forward, *([Proposal.Presented] if fields else []))


def test_live_proposal_says_how_it_was_put_forward_and_whether_its_group_is_new() -> None:
    given(CYCLE).when(MEMBER.sends(moot("ai"))).then(
        event(Proposal.PutForward, orally=True, is_new=True)
    )


def test_the_mooted_proposal_is_then_submitted_in_writing() -> None:
    given(CYCLE, MEMBER.sends(MOOTED)).when(MEMBER.sends(in_writing())).then(
        event(
            Proposal.Submitted,
            originator_id=MOOTED.derived_id,
            cycle_id=cycle_id(2018),
            template_version="default",
            words=1200,
            consented_by=None,
        )
    )


def test_a_proposal_can_be_written_at_once() -> None:
    given(CYCLE).when(MEMBER.sends(submit("cybersecurity"))).then(
        event(Proposal.PutForward, orally=False), event(Proposal.Submitted)
    )


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR, COMMENTER])
@pytest.mark.parametrize("command", [moot("ai"), submit("ai"), REVISE, WITHDRAW])
def test_proposal_by_another_role_is_refused(
    person: Person,
    command: MootProposal | SubmitProposal | ReviseProposal | WithdrawProposal,
) -> None:
    given(CYCLE, submitted("cybersecurity")).when(person.sends(command)).then(
        RoleRequired(needed=(Role.MAG_MEMBER,), at=NOW)
    )


@pytest.mark.parametrize("kind", ["DYNAMIC_COALITION", "NRI", "WORKING_GROUP", "AD_HOC"])
def test_proposal_for_another_kind_of_group_is_refused(kind: str) -> None:
    given(CYCLE).when(MEMBER.sends(moot("ai", group_kind=kind))).then(
        BadValue(field="group_kind", problem="groups of this kind are not proposed.")
    )


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"year": 2017}, NotFound(kind="cycle", id=str(cycle_id(2017)))),
        ({"title": ""}, BadValue(field="title", problem="it is empty.")),
        (
            {"theme": "Local Content"},
            BadValue(field="theme", problem="use lower-case letters, digits, dots and hyphens."),
        ),
        ({"year_reported": 0}, BadValue(field="year_reported", problem="0 is not from 1 to 100.")),
        ({"phase": 2**53}, BadValue(field="phase", problem=f"{2**53} is not from 1 to 100.")),
    ],
)
def test_proposal_with_a_malformed_value_is_refused(
    fields: dict[str, object], refused: BadValue | NotFound
) -> None:
    given(CYCLE).when(MEMBER.sends(moot("ai", **fields))).then(refused)


def a_meeting(year: int, held: str) -> SentCommand:
    return SECRETARIAT.sends(
        ScheduleMeeting(
            command_id=id_of(f"meeting {year}"),
            year=year,
            kind=MeetingKind.VIRTUAL,
            ordinal=2,
            held=Occurred.parse(held),
            label="Another meeting",
        )
    )


@pytest.mark.parametrize(
    ("year", "held", "problem"),
    [
        (2018, "2018-04-05", "it had not begun at that time."),
        (2019, "2018-04-01", "it belongs to another cycle."),
    ],
)
def test_proposal_is_mooted_at_a_meeting_of_its_cycle_that_has_begun(
    year: int, held: str, problem: str
) -> None:
    meeting = meeting_id(year, "VIRTUAL", 2)

    given(CYCLE, NEXT_CYCLE, a_meeting(year, held)).when(
        MEMBER.sends(moot("ai", meeting=meeting))
    ).then(BadValue(field="meeting", problem=problem))


def test_a_new_proposal_needs_a_title() -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai", title=None))).then(
        BadValue(field="title", problem="a proposal that was not mooted needs a title.")
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "Another"}, "title"),
        ({"year_reported": 3}, "year_reported"),
        ({"phase": 4}, "phase"),
    ],
)
def test_submission_that_repeats_facts_of_the_mooted_proposal_is_refused(
    fields: dict[str, object], field: str
) -> None:
    given(CYCLE, MEMBER.sends(MOOTED)).when(MEMBER.sends(in_writing(**fields))).then(
        BadValue(field=field, problem="it was given when the proposal was mooted.")
    )


def test_proposal_of_another_cycle_is_refused() -> None:
    deadline = SetProposalDeadline(command_id=id_of("deadline"), year=2018, due_on=date(2018, 4, 1))

    given(CYCLE, NEXT_CYCLE, CHAIR.sends(deadline), MEMBER.sends(MOOTED)).when(
        MEMBER.sends(in_writing(year=2019))
    ).then(BadValue(field="year", problem="the proposal belongs to another cycle."))


def test_a_written_proposal_is_replaced_by_a_revision() -> None:
    given(CYCLE, submitted("cybersecurity")).when(MEMBER.sends(REVISE)).then(
        event(Proposal.Revised)
    )


def test_text_that_a_revision_leaves_as_it_was_is_not_sealed_again() -> None:
    record = given(CYCLE, submitted("cybersecurity"))
    first = record.aggregate(Proposal, proposal_id("cybersecurity")).written
    assert first is not None
    mended = replace(
        WRITTEN,
        sections=sections(topics="Other norms."),
        organisations=(NamedOrganisation(name="A university"), *WRITTEN.organisations),
    )

    record.when(MEMBER.sends(revise("cybersecurity", written=mended))).then(
        event(
            Proposal.Revised,
            sections=tuple(
                ProposalSection("topics", Sealed("Other norms.")) if one.key == "topics" else one
                for one in first.sections
            ),
            co_facilitators=first.co_facilitators,
            organisations=(
                Organisation(Sealed("A university"), None, None),
                *first.organisations,
            ),
        )
    )
    assert all(one.sealed is not None for one in first.texts)


def test_text_that_was_erased_is_recorded_again_when_it_is_sent_again() -> None:
    outcome = given(CYCLE, submitted("cybersecurity")).erased().when(MEMBER.sends(REVISE))

    [revised] = [one for one in outcome.scenario.appended if isinstance(one, Proposal.Revised)]
    assert {one.text.sealed for one in revised.sections} == {None}


def test_revision_of_an_unwritten_proposal_is_refused() -> None:
    command = revise("cybersecurity", proposal=MOOTED.derived_id)

    given(CYCLE, MEMBER.sends(MOOTED)).when(MEMBER.sends(command)).then(
        BadValue(field="proposal", problem="it has not been submitted in writing yet.")
    )


def test_a_revision_of_what_has_changed_meanwhile_is_stale() -> None:
    stale = revise("cybersecurity", expected_version=1)

    given(CYCLE, submitted("cybersecurity")).when(MEMBER.sends(stale)).then(
        StaleVersion(id=proposal_id("cybersecurity"), expected=1, actual=2)
    )
