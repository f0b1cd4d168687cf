"""Facts about proposals and their template that are recorded late take their place in time."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.decision.commands import Decline, OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import OutOfTime
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import ProposalFrozen
from intersessional.domain.template.commands import PublishTemplate
from intersessional.domain.template.template import Template
from intersessional.domain.template.template_part import WrittenPart
from tests.domain.actors import MEMBER, OPERATOR, id_of, in_the_name_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE, WRITTEN, decide, moot, revise, submit, withdraw

IMPORTED = Provenance(Ground.IMPORTED)
MOOTED = in_the_name_of(MEMBER).sends(
    moot("ai", occurred=Occurred.parse("2018-01-10"), provenance=IMPORTED)
)
AI = MOOTED.command.derived_id
TOO_LATE = "the proposal was decided or withdrawn after that time."


def told(day: str, command: Any) -> SentCommand:
    """An imported fact of a day."""
    return OPERATOR.sends(
        replace(command, command_id=id_of(day), occurred=Occurred.parse(day), provenance=IMPORTED)
    )


def written(day: str, *keys: str) -> SentCommand:
    texts = tuple(one for one in WRITTEN.sections if one.key in keys)
    return told(
        day, submit("ai", proposal=AI, title=None, written=replace(WRITTEN, sections=texts))
    )


def declined(day: str) -> SentCommand:
    return told(day, decide("no", OutcomeChoice(decline=Decline(proposal=AI)), meeting=None))


def published(version: str, *keys: str) -> SentCommand:
    parts = tuple(WrittenPart(key=key, title=key.title()) for key in keys)
    command = PublishTemplate(command_id=id_of(version), version=version, parts=parts)
    return told(version, command)


FACTS = (
    written("2018-02-01", "topics"),
    written("2018-02-10", "focus"),
    declined("2018-03-01"),
)


@pytest.mark.parametrize("facts", list(permutations(FACTS)))
def test_proposal_is_the_same_in_whatever_order_it_was_recorded(
    facts: tuple[SentCommand, ...],
) -> None:
    record = given(CYCLE, MOOTED, *facts)
    proposal = record.aggregate(Proposal, AI)

    assert (proposal.state, proposal.revision) == (ProposalState.DECLINED, 2)
    assert proposal.at(Occurred.parse("2018-02-05")).revision == 1


def test_revision_of_before_the_decision_is_recorded_after_it() -> None:
    record = given(CYCLE, MOOTED, FACTS[0], FACTS[2])

    record.when(FACTS[1]).then(Proposal.Revised)
    record.when(written("2018-03-02", "topics")).then(
        ProposalFrozen(proposal=AI, state=ProposalState.DECLINED)
    )


def test_end_of_a_proposal_before_a_recorded_decision_on_it_is_refused() -> None:
    record = given(CYCLE, MOOTED, declined("2018-03-01"))

    record.when(declined("2018-02-05")).then(OutOfTime(occurred="2018-02-05", problem=TOO_LATE))
    record.when(told("2018-02-05", withdraw("ai", proposal=AI))).then(
        OutOfTime(occurred="2018-02-05", problem=TOO_LATE)
    )


def test_decision_that_is_recorded_after_a_later_revision_leaves_it_without_effect() -> None:
    record = (
        given(CYCLE, MOOTED, *FACTS[:2])
        .when(declined("2018-02-05"))
        .then(Proposal.Declined, Decision.Recorded)
    )
    proposal = record.aggregate(Proposal, AI)

    assert (proposal.state, proposal.revision) == (ProposalState.DECLINED, 1)


def test_proposal_is_revised_after_it_was_written_for_the_first_time() -> None:
    record = given(CYCLE, MOOTED, FACTS[1])

    outcome = record.when(told("2018-02-01", revise("ai", proposal=AI)))

    assert "in writing yet" in str(outcome.refused)


@pytest.mark.parametrize(
    "versions",
    list(
        permutations(
            (
                published("2018-01-01", "topics"),
                published("2018-02-01", "topics", "focus"),
                published("2018-03-01", "needs"),
            )
        )
    ),
)
def test_proposal_is_checked_against_the_template_of_its_own_time(
    versions: tuple[SentCommand, ...],
) -> None:
    record = given(CYCLE, MOOTED, *versions)

    for day, keys, version in (
        ("2018-01-20", ("topics",), "2018-01-01"),
        ("2018-02-20", ("topics", "focus"), "2018-02-01"),
        ("2018-03-20", (), "2018-03-01"),
    ):
        record.when(written(day, *keys)).then(event(Proposal.Submitted, template_version=version))
    template = record.aggregate(Template, versions[0].command.created_id)
    assert [one.version for one in template.versions] == ["2018-01-01", "2018-02-01", "2018-03-01"]
    record.when(written("2017-12-31", "topics", "focus")).then(
        event(Proposal.Submitted, template_version="default")
    )
