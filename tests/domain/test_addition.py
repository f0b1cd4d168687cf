"""What is added to a proposal after it was put forward: a theme, a presentation, a body."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.commands import OutcomeChoice, Redirect
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.commands import GiveTheme, PresentProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import NotAProposer
from tests.domain.actors import CHAIR, MEMBER, OTHER_MEMBER, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE, MEETING, decide, moot, proposal_id, submit, submitted

MOOTED = moot("ai")
AI = MOOTED.derived_id
THEME = GiveTheme(command_id=id_of("theme"), proposal=AI, theme="ipv6")


def test_theme_of_a_mooted_proposal_is_given_later() -> None:
    record = given(CYCLE, MEMBER.sends(MOOTED))

    record.when(MEMBER.sends(THEME)).then(
        event(Proposal.ThemeGiven, originator_id=AI, cycle_id=cycle_id(2018), theme="ipv6")
    )
    record.when(MEMBER.sends(submit("ai", proposal=AI, title=None, theme="ipv6"))).then(
        event(Proposal.ThemeGiven, theme="ipv6"), Proposal.Submitted
    )
    record.when(OTHER_MEMBER.sends(THEME)).then(NotAProposer(proposal=AI))


def test_second_theme_of_a_proposal_is_refused() -> None:
    with_one = MEMBER.sends(moot("ai", theme="spam"))

    given(CYCLE, with_one).when(MEMBER.sends(THEME)).then(
        BadValue(field="theme", problem="the proposal has one already.")
    )


@pytest.mark.parametrize("person", [MEMBER, OTHER_MEMBER, SECRETARIAT])
def test_proposal_is_presented_by_someone_at_a_meeting(person: Person) -> None:
    command = PresentProposal(
        command_id=id_of("present"),
        proposal=proposal_id("ai"),
        meeting=MEETING,
        presenter=OTHER_MEMBER.id,
    )

    given(CYCLE, submitted("ai")).when(person.sends(command)).then(
        event(
            Proposal.Presented,
            cycle_id=cycle_id(2018),
            meeting_id=MEETING,
            presenter_id=OTHER_MEMBER.id,
        )
    )


def test_mooted_proposal_has_the_presenter_who_is_named() -> None:
    given(CYCLE).when(MEMBER.sends(moot("ai", meeting=MEETING, presenter=OTHER_MEMBER.id))).then(
        Proposal.PutForward, event(Proposal.Presented, presenter_id=OTHER_MEMBER.id)
    )
    given(CYCLE).when(MEMBER.sends(moot("ai", presenter=OTHER_MEMBER.id))).then(
        BadValue(field="presenter", problem="name the meeting too.")
    )
    given(CYCLE).when(MEMBER.sends(moot("ai", meeting=MEETING, presenter=id_of("x")))).then(
        NotFound(kind="participant", id=str(id_of("x")))
    )


def test_proposal_is_presented_once_at_a_meeting() -> None:
    again = PresentProposal(command_id=id_of("again"), proposal=AI, meeting=MEETING)

    given(CYCLE, MEMBER.sends(moot("ai", meeting=MEETING))).when(MEMBER.sends(again)).then(
        AlreadyRecorded(kind="presentation", id=AI)
    )


def test_redirected_proposal_names_the_body_that_it_went_to() -> None:
    body = id_of("coalition")
    to = Redirect(
        proposal=proposal_id("ai"),
        to=RedirectTarget.DYNAMIC_COALITION,
        body_name="Coalition on AI",
    )

    given(CYCLE, submitted("ai")).when(
        CHAIR.sends(decide("redirect", OutcomeChoice(redirect=to)))
    ).then(
        event(
            Proposal.Redirected,
            to=RedirectTarget.DYNAMIC_COALITION,
            body_id=None,
            body_name=Sealed("Coalition on AI"),
        ),
        Decision.Recorded,
    )
    unknown = Redirect(proposal=proposal_id("ai"), to=RedirectTarget.NRI, body=body)
    given(CYCLE, submitted("ai")).when(
        CHAIR.sends(decide("redirect", OutcomeChoice(redirect=unknown)))
    ).then(NotFound(kind="subject", id=str(body)))
