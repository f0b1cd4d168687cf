"""Checks of numbers in commands."""

from intersessional.domain.kernel.refusals import BadValue

FIRST_IGF = 2006
"""The year in which the first IGF was held."""
LAST_YEAR = 9998
"""The year before the last that a date can have."""


def bounded_int(field: str, value: int, least: int, most: int) -> int:
    """An integer within its bounds. Raises BadValue."""
    if not least <= value <= most:
        raise BadValue(field=field, problem=f"{value} is not from {least} to {most}.")
    return value


def optional_bounded_int(field: str, value: int | None, least: int, most: int) -> int | None:
    """An integer within its bounds, or None. Raises BadValue as ``bounded_int`` does."""
    return None if value is None else bounded_int(field, value, least, most)
