"""A fact that was recorded wrongly is corrected, and never changed (DOMAIN row 47)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import Scenario
from intersessional.domain.correction.changed_fields import ChangedField, changed_fields
from intersessional.domain.correction.commands import CorrectFact, FieldCorrection
from intersessional.domain.correction.handlers import CORRECTIONS_MAX
from intersessional.domain.cycle.commands import SetProposalDeadline
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.commands import RecordGroup, RecordGroupReport
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, LimitReached, NotFound, RoleRequired
from intersessional.domain.statistic.commands import ReportStatistic
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.rows import StatisticRow
from intersessional.domain.statistic.statistic import Statistic
from tests.domain.actors import CHAIR, MEMBER, OPERATOR, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import ASSESSMENT, CYCLE

REPORT = ReportStatistic(
    command_id=id_of("report"),
    about=cycle_id(2018),
    dimension=StatisticDimension.REGION,
    rows=(StatisticRow(key="WEOG", value=152), StatisticRow(key="AFRICAN", value=73)),
    total=225,
)
STATISTIC = REPORT.created_id
REPORTED = (*CYCLE, SECRETARIAT.sends(REPORT))
REASON = "The source was misread."
IMPORTED = Provenance(Ground.IMPORTED)


def correct(
    field: str | None = "total", value: str | None = "224", **overrides: Any
) -> CorrectFact:
    changes = () if field is None else (FieldCorrection(field=field, value=value),)
    fields: dict[str, Any] = {
        "command_id": id_of(f"correct {field} {value}"),
        "stream": STATISTIC,
        "version": 1,
        "changes": changes,
        "reason": REASON,
    } | overrides
    return CorrectFact(**fields)


def test_facts_of_one_thing_are_corrected_as_often_as_they_can_be_read() -> None:
    often = [
        SECRETARIAT.sends(correct(value=str(n), command_id=id_of(f"correction {n}")))
        for n in range(CORRECTIONS_MAX)
    ]

    refused = given(REPORTED, often).when(SECRETARIAT.sends(correct())).refusal(LimitReached)

    assert refused.most == CORRECTIONS_MAX


FORMATS = RecordGroup(
    command_id=id_of("formats"),
    kind="WORKING_GROUP",
    name="WG on formats",
    occurred=Occurred.parse("2018-04-01"),
    provenance=IMPORTED,
)
TOLD = RecordGroupReport(
    command_id=id_of("told"),
    group=FORMATS.created_id,
    year=2018,
    annual_meeting_years=(2016, 2018),
    occurred=Occurred.parse("2018-04-03"),
    provenance=IMPORTED,
)
YEARS = (*CYCLE, OPERATOR.sends(FORMATS), OPERATOR.sends(TOLD))


def correct_year(version: int = 1, value: str = "2017", **overrides: Any) -> CorrectFact:
    """Correct the second year of an event that the report's command recorded."""
    fields: dict[str, Any] = {
        "stream": FORMATS.created_id,
        "version": version,
        "recorded_by": TOLD.command_id,
        "reason": "The annual meeting of 2018 had not been held.",
        "provenance": Provenance(Ground.INFERRED),
    } | overrides
    return correct("annual_meeting_years.1", value, **fields)


def reported_years(scenario: Scenario) -> list[tuple[int, ...]]:
    facts = scenario.aggregate(Group, FORMATS.created_id).facts_of_command(TOLD.command_id)
    return [fact.annual_meeting_years for fact in facts if isinstance(fact, Group.Reported)]


def test_formats_of_the_working_group_were_tried_in_2016_and_2017() -> None:
    before = given(YEARS)

    after = before.given(OPERATOR.sends(correct_year()))

    assert (reported_years(before), reported_years(after)) == ([(2016, 2018)], [(2016, 2017)])
    count = len(before.events())
    assert all(a is b for a, b in zip(before.events(), after.events()[:count], strict=True))
    [correction] = after.appended
    assert correction.act.provenance.ground is Ground.INFERRED


def test_event_is_named_by_the_command_that_recorded_it_and_its_number_there() -> None:
    for version in (0, 2):
        id = f"{FORMATS.created_id}/{TOLD.command_id}/{version}"
        given(YEARS).when(OPERATOR.sends(correct_year(version))).then(NotFound(kind="event", id=id))
    other = correct_year(recorded_by=id_of("none"))
    id = f"{FORMATS.created_id}/{other.recorded_by}/1"
    given(YEARS).when(OPERATOR.sends(other)).then(NotFound(kind="event", id=id))


def test_event_that_was_corrected_is_still_named_by_the_command_that_recorded_it() -> None:
    again = correct_year(value="2015", command_id=id_of("again"))

    after = given(YEARS, OPERATOR.sends(correct_year()), OPERATOR.sends(again))

    assert reported_years(after) == [(2016, 2015)]


def test_corrected_years_of_annual_meetings_are_years_that_one_can_have() -> None:
    for value, field, problem in (
        ("2005", "changes", "annual_meeting_years.1: 2005 is not from 2006 to 9998."),
        ("2016", "changes.0.value", "another item has this value."),
    ):
        refused = BadValue(field=field, problem=problem)
        given(YEARS).when(OPERATOR.sends(correct_year(value=value))).then(refused)


def test_correction_is_an_event_of_what_it_corrects_with_a_reason() -> None:
    scenario = given(REPORTED).when(SECRETARIAT.sends(correct())).then(FactCorrected)

    [corrected] = scenario.appended
    assert isinstance(corrected, FactCorrected)
    assert (corrected.originator_id, corrected.originator_version) == (STATISTIC, 2)
    assert corrected.reason.value == REASON
    fact = corrected.fact
    assert isinstance(fact, Statistic.Reported)
    assert (fact.total, fact.originator_version) == (224, 1)
    assert scenario.aggregate(Statistic, STATISTIC).total == 224


def test_fact_is_corrected_again_from_its_last_correction() -> None:
    scenario = given(
        REPORTED,
        SECRETARIAT.sends(correct("rows.0.value", "151")),
        SECRETARIAT.sends(correct("total", "224")),
    )

    statistic = scenario.aggregate(Statistic, STATISTIC)
    assert (statistic.rows[0].value, statistic.total) == (151, 224)
    assert statistic.version == 3


def test_time_of_a_fact_is_corrected_and_facts_take_effect_in_the_new_order() -> None:
    first, second = (
        SetProposalDeadline(
            command_id=id_of(due),
            year=2018,
            due_on=Occurred.parse(due).begins.date(),
            occurred=Occurred.parse(occurred),
        )
        for due, occurred in (("2018-04-12", "2018-04-01"), ("2018-04-20", "2018-04-02"))
    )
    scenario = given(CYCLE, SECRETARIAT.sends(first), SECRETARIAT.sends(second))
    cycle = scenario.aggregate(Cycle, cycle_id(2018))
    latest = cycle.deadlines.latest
    assert latest is not None
    version = latest.set_by.version

    happened = Occurred.parse("2018-03-30")
    corrected = scenario.given(
        SECRETARIAT.sends(correct(None, stream=cycle.id, version=version, happened=happened))
    ).aggregate(Cycle, cycle.id)

    due = [one.value.due_on for one in corrected.deadlines.values]
    assert [str(day) for day in due] == ["2018-04-20", "2018-04-12"]
    past = corrected.at(Occurred.parse("2018-03-31")).deadlines.latest
    assert past is not None
    assert str(past.value.due_on) == "2018-04-20"


def test_changed_fields_are_those_of_the_correction() -> None:
    scenario = given(
        REPORTED,
        SECRETARIAT.sends(correct("total", None, happened=Occurred.parse("2018-04-03"))),
    )

    [*_, first, corrected] = scenario.unsealed
    assert isinstance(corrected, FactCorrected)
    assert [
        ChangedField("occurred", first.act.occurred.at, "2018-04-03"),
        ChangedField("total", "225", None),
    ] == changed_fields(first, corrected.fact)


def test_chair_corrects_what_the_chair_recorded() -> None:
    due = SetProposalDeadline(command_id=id_of("due"), year=2018, due_on=date(2018, 4, 12))
    scenario = given(CYCLE, CHAIR.sends(due))
    version = scenario.aggregate(Cycle, cycle_id(2018)).version
    corrected = correct("due_on", "2018-04-13", stream=cycle_id(2018), version=version)

    scenario.when(MEMBER.sends(corrected)).refusal(RoleRequired)
    after = scenario.when(CHAIR.sends(corrected)).then(FactCorrected)

    latest = after.aggregate(Cycle, cycle_id(2018)).deadlines.latest
    assert latest is not None
    assert latest.value.due_on == date(2018, 4, 13)


@pytest.mark.parametrize("person", [CHAIR, MEMBER])
def test_correction_by_somebody_else_is_refused(person: Person) -> None:
    given(REPORTED).when(person.sends(correct())).refusal(RoleRequired)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (correct("total", "225"), "changes.0.value"),
        (correct("total", "many"), "changes.0.value"),
        (correct("total", "-1"), "changes.0.value"),
        (correct("as_of", None), "changes.0.value"),
        (correct("as_of", "yesterday"), "changes.0.value"),
        (correct("about_id", str(cycle_id(2019))), "changes.0.field"),
        (correct("rows.2.value", "1"), "changes.0.field"),
        (correct("rows.x.value", "1"), "changes.0.field"),
        (correct("nothing", "1"), "changes.0.field"),
        (correct(None), "changes"),
        (correct(None, happened=Occurred.parse("2018-05-01")), "happened"),
        (correct(reason=" "), "reason"),
    ],
)
def test_bad_correction_is_refused(command: CorrectFact, field: str) -> None:
    refused = given(REPORTED).when(SECRETARIAT.sends(command)).refusal(BadValue)

    assert refused.field == field


def test_values_must_fit_each_other() -> None:
    ranked = replace(REPORT, rows=(StatisticRow(key="WEOG", rank=1, value=152),), total=None)
    scenario = given(CYCLE, SECRETARIAT.sends(ranked))

    scenario.when(SECRETARIAT.sends(correct("rows.0.rank", "9999"))).refusal(BadValue)


def test_correction_is_not_corrected_itself() -> None:
    scenario = given(REPORTED, SECRETARIAT.sends(correct()))

    again = scenario.when(SECRETARIAT.sends(correct("total", "223", version=2)))
    assert again.refusal(BadValue).field == "version"
    scenario.when(SECRETARIAT.sends(correct("total", "223", version=3))).refusal(NotFound)


def test_corrected_text_is_sealed_anew_and_the_same_text_is_refused() -> None:
    assess = replace(ASSESSMENT, command_id=id_of("assess again"), note="Three at most.")
    scenario = given(CYCLE, SECRETARIAT.sends(assess))
    cycle = scenario.aggregate(Cycle, cycle_id(2018))

    def noted(note: str) -> CorrectFact:
        return correct("note", note, stream=cycle.id, version=cycle.version)

    refused = scenario.when(SECRETARIAT.sends(noted("Three at most."))).refusal(BadValue)
    after = scenario.given(SECRETARIAT.sends(noted("Four at most.")))

    assert refused.field == "changes.0.value"
    [*_, first, corrected] = after.events()
    assert isinstance(first, Cycle.ResourcesAssessed)
    assert isinstance(corrected, FactCorrected)
    assert isinstance(corrected.fact, Cycle.ResourcesAssessed)
    assert None not in (first.note, corrected.fact.note)
    assert first.note != corrected.fact.note
