"""The years of annual meetings that a report of a group tells of."""

from collections.abc import Sequence

from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR, bounded_int
from intersessional.domain.kernel.refusals import BadValue, LimitReached

YEARS_OF_REPORT_MAX = 20
"""Annual meetings of which one report tells."""


def check_annual_meeting_years(years: Sequence[int]) -> None:
    """Check years, each of which stands once. Raises BadValue, LimitReached."""
    if len(years) > YEARS_OF_REPORT_MAX:
        raise LimitReached(kind="annual meetings of a report", most=YEARS_OF_REPORT_MAX)
    for n, year in enumerate(years):
        field = f"annual_meeting_years.{n}"
        bounded_int(field, year, FIRST_IGF, LAST_YEAR)
        if year in years[:n]:
            raise BadValue(field=field, problem=f"{year} stands there already.")
