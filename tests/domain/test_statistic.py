"""Statistics: dated claims with a source, ordinal where the source is (DOMAIN row 18)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired
from intersessional.domain.source.commands import ListSource
from intersessional.domain.statistic.commands import ReportStatistic
from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.domain.statistic.refusals import TotalDiffers
from intersessional.domain.statistic.rows import StatisticRow, leaders_of, ranks_of
from intersessional.domain.statistic.statistic import Statistic
from tests.domain.actors import COMMENTER, MEMBER, OPERATOR, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE


def row(key: str, rank: int | None = None, value: int | None = None) -> StatisticRow:
    return StatisticRow(key=key, rank=rank, value=value)


ORDINAL = (
    row("AFRICAN", 1, 35),
    row("ASIA_PACIFIC", 2),
    row("WEOG", 3),
    row("GRULAC", 4),
)
NUMBERS = (row("WEOG", value=152), row("AFRICAN", value=73))


def report(*rows: StatisticRow, **overrides: Any) -> ReportStatistic:
    fields: dict[str, Any] = {
        "about": cycle_id(2018),
        "dimension": StatisticDimension.REGION,
    } | overrides
    return ReportStatistic(command_id=id_of("report"), rows=rows, **fields)


def test_order_without_numbers_is_a_statistic() -> None:
    given(CYCLE).when(SECRETARIAT.sends(report(*ORDINAL))).then(
        event(
            Statistic.Reported,
            about_id=cycle_id(2018),
            dimension=StatisticDimension.REGION,
            as_of=Occurred.instant(NOW),
            rows=ORDINAL,
            total=None,
            source=None,
        )
    )


def test_quantities_stand_side_by_side_and_one_may_be_a_lower_bound() -> None:
    rows = (
        StatisticRow(key="DELEGATES", value=3000, is_lower_bound=True),
        row("SESSIONS", None, 171),
    )
    quantities = report(*rows, dimension=StatisticDimension.QUANTITY)

    given(CYCLE).when(SECRETARIAT.sends(quantities)).then(
        event(Statistic.Reported, rows=rows, total=None)
    )
    for refused, field, problem in (
        (replace(quantities, total=3171), "total", "quantities have none."),
        (
            replace(quantities, rows=(row("SESSIONS", 1),)),
            "rows.0.rank",
            "quantities have no order.",
        ),
        (
            report(StatisticRow(key="WEOG", rank=1, is_lower_bound=True)),
            "rows.0.is_lower_bound",
            "give the number.",
        ),
    ):
        given(CYCLE).when(SECRETARIAT.sends(refused)).then(BadValue(field=field, problem=problem))


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_statistic_reported_by_another_role_is_refused(person: Person) -> None:
    given(CYCLE).when(person.sends(report(*ORDINAL))).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_statistic_about_nothing_in_the_record_is_refused() -> None:
    given(CYCLE).when(SECRETARIAT.sends(report(*ORDINAL, about=id_of("hearsay")))).then(
        NotFound(kind="subject", id=str(id_of("hearsay")))
    )


@pytest.mark.parametrize(
    ("rows", "field", "problem"),
    [
        ((), "rows", "give 1 to 7."),
        ((row("WEOG", 1), row("WEOG", 2)), "rows", "two of them have the same key."),
        ((row("WEOG", 1), row("AFRICAN", 1)), "rows", "two of them have the same rank."),
        ((row("WEOG"),), "rows.0.value", "give a rank, a value or both."),
        ((row("WEOG", 0),), "rows.0.rank", "0 is not from 1 to 7."),
        ((row("WEOG", 1, -1),), "rows.0.value", "-1 is not from 0 to 1000000000."),
        (
            (row("WEOG", 1, 35), row("AFRICAN", 2, 36)),
            "rows",
            "the ranks do not follow the values.",
        ),
    ],
)
def test_rows_whose_ranks_are_not_unique_or_do_not_follow_the_values_are_refused(
    rows: tuple[StatisticRow, ...], field: str, problem: str
) -> None:
    given(CYCLE).when(SECRETARIAT.sends(report(*rows))).then(BadValue(field=field, problem=problem))


def test_key_of_another_dimension_is_refused() -> None:
    by_group = report(row("AFRICAN", 1), dimension=StatisticDimension.STAKEHOLDER_GROUP)

    refused = given(CYCLE).when(SECRETARIAT.sends(by_group)).refusal(BadValue)

    assert (refused.field, "CIVIL_SOCIETY" in refused.problem) == ("rows.0.key", True)


def test_equal_values_may_have_ranks_in_either_order() -> None:
    for rows in (
        (row("WEOG", 1, 9), row("AFRICAN", 2, 9)),
        (row("WEOG", 2, 9), row("AFRICAN", 1, 9)),
    ):
        given(CYCLE).when(SECRETARIAT.sends(report(*rows))).then(Statistic.Reported)


def test_total_of_whoever_counted_is_the_sum() -> None:
    given(CYCLE).when(SECRETARIAT.sends(report(*NUMBERS, total=226))).then(
        TotalDiffers(total=226, sum=225)
    )
    given(CYCLE).when(SECRETARIAT.sends(report(*NUMBERS, total=225))).then(Statistic.Reported)


def test_total_beside_rows_without_numbers_is_not_compared() -> None:
    given(CYCLE).when(SECRETARIAT.sends(report(*ORDINAL, total=90))).then(
        event(Statistic.Reported, total=90)
    )


def test_total_that_a_source_gives_wrongly_is_recorded_as_it_is() -> None:
    history = report(
        *NUMBERS,
        total=226,
        occurred=Occurred.parse("2018-04-01"),
        provenance=Provenance(Ground.IMPORTED),
    )
    listed = SECRETARIAT.sends(ListSource(command_id=id_of("source"), key="site", title="The site"))

    given(CYCLE).when(OPERATOR.sends(history)).then(event(Statistic.Reported, total=226))
    given(CYCLE, listed).when(SECRETARIAT.sends(report(*NUMBERS, total=226, source="site"))).then(
        event(Statistic.Reported, total=226, source="site")
    )
    given(CYCLE).when(SECRETARIAT.sends(report(*NUMBERS, source="site"))).then(
        NotFound(kind="source", id=str(source_id("site")))
    )


def test_numbers_of_a_time_after_the_claim_are_refused() -> None:
    later = report(*NUMBERS, as_of=Occurred.parse("2018-04-05"))

    given(CYCLE).when(SECRETARIAT.sends(later)).then(
        BadValue(field="as_of", problem="the numbers are of a later time.")
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(later, as_of=Occurred.parse("2018-04")))).then(
        Statistic.Reported
    )


def test_ranks_are_those_of_the_source_else_they_follow_from_the_values() -> None:
    assert ranks_of(ORDINAL) == {"AFRICAN": 1, "ASIA_PACIFIC": 2, "WEOG": 3, "GRULAC": 4}
    equal = (row("WEOG", value=9), row("GRULAC", value=4), row("AFRICAN", value=9))
    assert ranks_of(equal) == {"WEOG": 1, "AFRICAN": 1, "GRULAC": 3}
    assert leaders_of(equal) == ("AFRICAN", "WEOG")
    assert leaders_of((row("WEOG", 2),)) == ()
