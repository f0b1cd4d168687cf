"""An import does not act for those who began something here themselves (ADR 0066)."""

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.comment.refusals import NotTheAuthor
from intersessional.domain.kernel.refusals import BegunHere, NotSignedIn, Refused
from intersessional.domain.membership.refusals import NotTheMember
from intersessional.domain.modality.commands import SupportModality
from intersessional.domain.participant.commands import AcceptCodeOfConduct
from intersessional.domain.proposal.commands import (
    GiveTheme,
    ReviseProposal,
    SplitProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.refusals import NotAProposer
from intersessional.plugins.composition import installed_plugins
from tests.domain.actors import OPERATOR, told_by
from tests.domain.given_when_then import given
from tests.domain.live_acts_for_the_mag import FOR_THE_MAG
from tests.domain.live_acts_in_groups import IN_GROUPS
from tests.domain.live_acts_on_outputs import ON_OUTPUTS
from tests.domain.live_acts_on_proposals import ON_PROPOSALS

LIVE_ACTS = {**FOR_THE_MAG, **ON_PROPOSALS, **IN_GROUPS, **ON_OUTPUTS}
OWN_CODES: dict[type[Command], type[Refused]] = {
    AcceptCodeOfConduct: NotSignedIn,
    SupportModality: NotTheMember,
    WithdrawComment: NotTheAuthor,
    **dict.fromkeys(
        (GiveTheme, ReviseProposal, SplitProposal, SubmitProposal, WithdrawProposal), NotAProposer
    ),
}
"""What nobody does for another is refused by a code of its own."""

RECORD_KEEPERS = """
    AssessResources CancelAnnualMeeting ConfirmAnnualMeeting CorrectAnnualMeeting CorrectFact
    DefineGroupKind EndRole GrantRole LinkThemeGroup ListSource OpenCycle PublishCodeOfConduct
    PublishSummary PublishTemplate RecordGroup RecordGroupDescent RecordPolicy RecordThemeYear
    RescheduleAnnualMeeting ScheduleSession
"""
"""What the Secretariat alone does is told by an import, whoever began what it is done to."""
OF_A_CYCLE = "SetDeadlineBeforeMeeting SetProposalDeadline"
"""A cycle is begun by the Secretariat alone."""
BEGINNINGS = """
    JoinGroup LogOutreach MootProposal OfferToVolunteer OpenDeliberation PostComment
    ProposeDecision ProposeGroup ProposeModality RaiseQuestion RecordMissingContinuationReport
    RecordStatement RegisterParticipant ReportStatistic ScheduleMeeting SuggestConsolidation
"""
"""They begin something, in nobody's right."""
IN_OTHER_TESTS = """
    AdvanceWindow DeriveWindows ImportHistory
    RecordMissingAgenda RecordWindowClosing RecordWindowOpening
"""
"""What the clock does, what only history has, and what is no entry of a file."""


def test_of_every_command_it_is_said_whose_right_it_is() -> None:
    commands = [one.command.__name__ for one in installed_plugins().command_handlers]
    others = f"{RECORD_KEEPERS} {OF_A_CYCLE} {BEGINNINGS} {IN_OTHER_TESTS}".split()

    assert sorted([*others, *(kind.__name__ for kind in LIVE_ACTS)]) == sorted(commands)


@pytest.mark.parametrize("kind", LIVE_ACTS, ids=lambda kind: kind.__name__)
def test_import_does_not_do_what_is_the_right_of_a_person(kind: type[Command]) -> None:
    begun, sent = LIVE_ACTS[kind]

    told = given(begun).when(told_by(OPERATOR, sent.command, now=sent.now))

    assert given(begun).when(sent).refused is None
    told.refusal(OWN_CODES.get(kind, BegunHere))
