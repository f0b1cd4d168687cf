"""What an import may do to what was begun here, and in whose name (ADR 0066)."""

from datetime import date

import pytest

from intersessional.domain.agenda.commands import RecordMissingAgenda
from intersessional.domain.annual_meeting.commands import ConfirmAnnualMeeting
from intersessional.domain.call.call import Call
from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.correction.commands import CorrectFact, FieldCorrection
from intersessional.domain.decision.steps.commands import AnnulDecision
from intersessional.domain.group.commands import ConcludeGroup
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.kernel.refusals import BegunHere
from intersessional.domain.meeting.commands import PublishSummary
from intersessional.domain.participant.commands import GrantRole, RegisterParticipant
from intersessional.domain.policy.commands import RecordPolicy, SetPolicy
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.proposal.commands import ConsentToRevision
from intersessional.domain.source.commands import ListSource
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    granted,
    id_of,
    in_the_name_of,
    someone,
    told_by,
)
from tests.domain.decision_scenarios import OBJECT, OBJECTION, propose, withdraw
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import GROUP
from tests.domain.live_acts_for_the_mag import (
    CALL,
    CALLED,
    CLOSE,
    LAUNCHED,
    NEXT,
    OPTIONS,
)
from tests.domain.live_acts_on_proposals import (
    AI,
    NOMINATE,
    REPLACE,
    STATED,
    STATEMENT,
)
from tests.domain.scenarios import CYCLE, approve, cap, decide, submit, submitted

OF_2018 = someone("of 2018")
REGISTERED = told_by(
    in_the_name_of(OF_2018),
    RegisterParticipant(command_id=id_of("register of 2018"), display_name="Ben"),
)
"""An import has registered a person, who cannot sign in."""
END = ConcludeGroup(command_id=id_of("end"), group=GROUP)


def test_import_acts_in_the_name_of_a_person_who_registered_here() -> None:
    by = in_the_name_of(CHAIR)

    given(LAUNCHED).when(told_by(by, CLOSE)).then(Call.Closed)


def test_import_does_not_act_in_the_name_of_one_whom_an_import_registered() -> None:
    begun = given(LAUNCHED, REGISTERED, granted(OF_2018, Role.SECRETARIAT))

    begun.when(told_by(in_the_name_of(OF_2018), CLOSE)).then(
        BegunHere(kind="call", id=CALL.created_id)
    )


@pytest.mark.parametrize("launched", [told_by(OPERATOR, CALL), SECRETARIAT.sends(CALL)])
def test_import_acts_on_what_history_or_the_secretariat_began(launched: SentCommand) -> None:
    given(CYCLE, launched).when(told_by(OPERATOR, CLOSE)).then(Call.Closed)


def test_decision_is_the_mags_and_a_group_is_its_own_whoever_recorded_them() -> None:
    decided = decide("approve cybersecurity", approve("cybersecurity"), announced_by=CHAIR.id)
    recorded = given(CYCLE, submitted("cybersecurity"), SECRETARIAT.sends(decided))
    annul = AnnulDecision(command_id=id_of("annul"), decision=decided.derived_id)

    recorded.when(told_by(OPERATOR, END)).then(BegunHere(kind="group", id=GROUP))
    recorded.when(told_by(OPERATOR, annul)).then(BegunHere(kind="decision", id=decided.derived_id))


@pytest.mark.parametrize(
    ("begun", "command"),
    [
        (
            CYCLE,
            GrantRole(command_id=id_of("grant"), participant=COMMENTER.id, role=Role.MAG_MEMBER),
        ),
        (CALLED, PublishSummary(command_id=id_of("sum"), meeting=NEXT, summary="It met.")),
        (
            OPTIONS,
            ConfirmAnnualMeeting(
                command_id=id_of("confirm days"),
                year=2018,
                starts_on=date(2018, 11, 12),
                ends_on=date(2018, 11, 14),
                place="Paris",
                time_zone="Europe/Paris",
            ),
        ),
        (
            STATED,
            CorrectFact(
                command_id=id_of("correct"),
                stream=STATEMENT.derived_id,
                version=1,
                changes=(FieldCorrection(field="raises_scope_concern", value="true"),),
                reason="The minutes say so.",
            ),
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_the_secretariat_alone_does_is_told_by_an_import(
    begun: tuple[SentCommand, ...], command: GrantRole
) -> None:
    assert given(begun).when(told_by(OPERATOR, command)).refused is None


def test_objection_that_a_member_made_here_stays_on_a_decision_of_history() -> None:
    proposed = given(CYCLE, told_by(OPERATOR, propose(cap(4), announced_by=CHAIR.id)))
    objected = proposed.given(MEMBER.sends(OBJECT))

    objected.when(told_by(OPERATOR, withdraw())).then(BegunHere(kind="objection", id=OBJECTION))


def test_nomination_that_was_made_here_stays_on_a_proposal_of_history() -> None:
    proposed = given(CYCLE, told_by(in_the_name_of(MEMBER), submit("ai")))
    nominated = proposed.given(MEMBER.sends(NOMINATE))

    nominated.when(told_by(OPERATOR, REPLACE)).then(
        BegunHere(kind="nomination", id=NOMINATE.derived_id)
    )


def test_import_does_not_consent_for_a_person_who_registered_here() -> None:
    proposed = given(CYCLE, told_by(in_the_name_of(MEMBER), submit("ai")))
    consent = ConsentToRevision(
        command_id=id_of("consent"), proposal=AI, member=OTHER_MEMBER.id, proposer=MEMBER.id
    )

    proposed.when(told_by(OPERATOR, consent)).then(BegunHere(kind="participant", id=MEMBER.id))


def test_policy_that_the_chair_set_here_is_not_set_by_an_import() -> None:
    decided = CHAIR.sends(decide("cap", cap(3)))
    source = told_by(OPERATOR, ListSource(command_id=id_of("s"), key="minutes", title="Minutes"))
    other = RecordPolicy(
        command_id=id_of("policy"),
        year=2018,
        source="minutes",
        policy=SetPolicy(key=BPF_CAP, value=9),
    )

    given(CYCLE, decided, source).when(told_by(OPERATOR, other)).then(
        BegunHere(kind="policy", id=policy_id(2018, BPF_CAP))
    )


def test_theme_is_nobodys_though_somebody_named_it_first() -> None:
    named = (
        MEMBER.sends(submit("ai", theme="ai")),
        CHAIR.sends(decide("ai", approve("ai"))),
    )
    told = (
        told_by(OPERATOR, submit("machines", theme="ai")),
        told_by(OPERATOR, decide("machines", approve("machines"))),
    )

    record = given(CYCLE, *named, told)

    assert any(isinstance(one, Theme.WorkedOn) for one in record.appended)


def test_import_does_not_tell_that_the_agenda_of_a_meeting_called_here_is_missing() -> None:
    missing = RecordMissingAgenda(command_id=id_of("none"), meeting=NEXT)

    given(CALLED).when(told_by(OPERATOR, missing)).then(BegunHere(kind="meeting", id=NEXT))
