"""Deviations from soft rules: gates, flags, and what is told from sources (DOMAIN A7)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.scenario import Scenario, SentCommand, event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import DecisionKind
from intersessional.domain.deviation.deviation import Deviation, deviation_id
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.fact import Fact, facts_of
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.refusals import BadValue, OverrideRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.rule.core_rules import MERGER_AGREED, WITHIN_CAPACITY
from intersessional.domain.rule.override import Override
from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule
from intersessional.plugins.core import CORE
from tests.domain.actors import (
    CHAIR,
    OPERATOR,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, decide, merge, proposal_id, submitted

IMPORTED = Provenance(Ground.IMPORTED)
ILLUSTRATION = Provenance(Ground.ILLUSTRATION)
PROPOSED: Sequence[SentCommand] = (*CYCLE, *submitted("ai", "big data"))
REASON = Override(rule="MERGER_AGREED", rationale="One cannot be reached.")
FACTS = (
    Fact("merged", word=str(proposal_id("ai"))),
    Fact("merged", word=str(proposal_id("big data"))),
)


def test_gate_refuses_a_command_until_it_carries_an_override() -> None:
    command = decide("merge", merge("ai", "big data", proposers_agreed=None))

    given(PROPOSED).when(CHAIR.sends(command)).then(
        OverrideRequired(rule="MERGER_AGREED", requirement=MERGER_AGREED.sentence, facts=FACTS)
    )


def test_override_is_recorded_with_its_command_as_a_deviation() -> None:
    command = decide("merge", merge("ai", "big data", proposers_agreed=False), overrides=(REASON,))
    merged = outcome_id(command.command_id, 1)

    after = (
        given(PROPOSED)
        .when(CHAIR.sends(command))
        .then(
            Proposal.PutForward,
            Proposal.Merged,
            Proposal.Merged,
            event(
                Deviation.Recorded,
                originator_id=deviation_id(command.command_id, "MERGER_AGREED", merged),
                rule="MERGER_AGREED",
                strength=RuleStrength.GATE,
                cycle_id=cycle_id(2018),
                group_id=None,
                subject=merged,
                facts=(Fact("agreed", word="false"), *FACTS),
                rationale=Sealed("One cannot be reached."),
            ),
            Decision.Recorded,
        )
    )
    deviation = after.appended[3]
    assert deviation.act.actor.role is Role.MAG_CHAIR
    assert deviation.act.actor.person == CHAIR.id


def test_override_of_a_rule_that_is_kept_says_nothing() -> None:
    agreed = decide("merge", merge("ai", "big data", proposers_agreed=True), overrides=(REASON,))

    given(PROPOSED).when(CHAIR.sends(agreed)).then(
        Proposal.PutForward, Proposal.Merged, Proposal.Merged, Decision.Recorded
    )


def test_history_is_never_gated_and_its_reasons_may_be_in_no_source() -> None:
    command = decide("merge", merge("ai", "big data", proposers_agreed=None), provenance=IMPORTED)

    after = given(PROPOSED).after(in_the_name_of(CHAIR).sends(command))

    [deviation] = [one for one in after.appended if isinstance(one, Deviation.Recorded)]
    assert deviation.rationale is None
    assert deviation.act.provenance == IMPORTED


def test_history_has_the_reasons_that_its_source_gives() -> None:
    command = decide(
        "merge",
        merge("ai", "big data", proposers_agreed=None),
        provenance=IMPORTED,
        overrides=(REASON,),
    )

    after = given(PROPOSED).after(in_the_name_of(CHAIR).sends(command))

    [deviation] = [one for one in after.appended if isinstance(one, Deviation.Recorded)]
    assert deviation.rationale == Sealed("One cannot be reached.")


@pytest.mark.parametrize(
    ("overrides", "refused"),
    [
        (
            (REASON, Override(rule="AGREED", rationale="A slip.")),
            BadValue(field="overrides.1.rule", problem="there is no such rule."),
        ),
        (
            (REASON, REASON),
            BadValue(field="overrides.1.rule", problem="it is overridden twice."),
        ),
        (
            (Override(rule=WITHIN_CAPACITY.key, rationale="A fourth was urgent."),),
            BadValue(field="overrides.0.rule", problem="no command deviates from this rule."),
        ),
        (
            (Override(rule="MERGER_AGREED", rationale=" "),),
            BadValue(field="overrides.0.rationale", problem="it is empty."),
        ),
    ],
)
def test_override_names_a_rule_once_and_gives_reasons(
    overrides: tuple[Override, ...], refused: BadValue
) -> None:
    command = decide("merge", merge("ai", "big data"), overrides=overrides)

    given(PROPOSED).when(CHAIR.sends(command)).then(refused)


def test_illustration_is_not_gated() -> None:
    opened = OpenCycle(command_id=id_of("open"), year=2018, provenance=ILLUSTRATION)

    deviating(RuleStrength.GATE).when(OPERATOR.sends(opened)).then(
        Cycle.Opened, event(Deviation.Recorded, strength=RuleStrength.GATE, rationale=None)
    )


def test_flag_goes_through_with_reasons_or_without() -> None:
    opened = OpenCycle(command_id=id_of("open"), year=2018)
    explained = OpenCycle(
        command_id=id_of("explained"),
        year=2018,
        overrides=(Override(rule="ODD_YEARS", rationale="It is an even year."),),
    )
    flagged = deviating(RuleStrength.FLAG)

    flagged.when(OPERATOR.sends(opened)).then(
        Cycle.Opened, event(Deviation.Recorded, strength=RuleStrength.FLAG, rationale=None)
    )
    flagged.when(OPERATOR.sends(explained)).then(
        Cycle.Opened, event(Deviation.Recorded, rationale=Sealed("It is an even year."))
    )


def test_no_command_deviates_from_a_report() -> None:
    with pytest.raises(TypeError, match="ODD_YEARS is a report"):
        deviating(RuleStrength.REPORT).when(
            OPERATOR.sends(OpenCycle(command_id=id_of("open"), year=2018))
        )


def test_facts_are_numbers_and_words() -> None:
    facts = facts_of(
        {
            "words": 5,
            "due": date(2018, 4, 12),
            "at": NOW,
            "proposal": UUID(int=1),
            "kind": DecisionKind.POLICY,
            "agreed": False,
            "missing": ["plan", "topics"],
            "reason": None,
        }
    )

    assert [str(fact) for fact in facts] == [
        "words 5",
        "due 2018-04-12",
        "at 2018-04-04T12:00:00+00:00",
        "proposal 00000000-0000-0000-0000-000000000001",
        "kind POLICY",
        "agreed false",
        "missing plan",
        "missing topics",
    ]
    assert facts[0].number == 5


def test_rules_have_keys_rows_and_sentences_of_their_own() -> None:
    for part in ("key", "sentence"):
        assert len({getattr(rule, part) for rule in CORE.rules}) == len(CORE.rules)
    gates = [rule.row for rule in CORE.rules if rule.strength is RuleStrength.GATE]
    flags = [rule.row for rule in CORE.rules if rule.strength is RuleStrength.FLAG]

    assert gates == [7, 13, 15, 25, 35, 48], "and row 37 is the comment window's"
    assert flags == [9, 21, 28, 32, 33, 42, 44]


def deviating(strength: RuleStrength) -> Scenario:
    """A record in which every cycle deviates from a rule."""
    rule = SoftRule(
        key="ODD_YEARS", row=0, strength=strength, sentence="Years are odd.", source="nowhere"
    )

    async def open_cycle(command: OpenCycle, context: CommandContext) -> UUID:
        act = await context.act_as(Role.OPERATOR)
        cycle = Cycle.open(act, command.year)
        context.add(cycle)
        context.deviate(
            rule, act, subject=cycle.id, cycle_id=cycle.id, facts={"year": command.year}
        )
        return cycle.id

    return Scenario([CommandHandler(OpenCycle, open_cycle)], rules=[rule])
