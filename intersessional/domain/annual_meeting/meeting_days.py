"""The days of an annual meeting, as its cycle allows them."""

from datetime import date

from intersessional.domain.kernel.numbers import LAST_YEAR
from intersessional.domain.kernel.refusals import BadValue


def check_days(year: int, starts_on: date, ends_on: date) -> None:
    """Check that the days are in the year of the cycle or the year after. Raises BadValue."""
    if ends_on < starts_on:
        raise BadValue(field="ends_on", problem=f"{ends_on} is before {starts_on}.")
    if not year <= starts_on.year <= ends_on.year <= min(year + 1, LAST_YEAR):
        problem = f"it is neither in {year} nor in the year after."
        raise BadValue(field="starts_on", problem=problem)
