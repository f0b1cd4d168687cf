"""What a number must be like before it is recorded."""

from intersessional.domain.kernel.refusals import BadValue

FIRST_IGF = 2006
"""The year in which the first IGF was held."""
LAST_YEAR = 9998
"""The last year after which there is another that can be written."""


def bounded_int(field: str, value: int, least: int, most: int) -> int:
    """A whole number within its bounds. Raises BadValue."""
    if not least <= value <= most:
        raise BadValue(field=field, problem=f"{value} is not from {least} to {most}.")
    return value


def optional_bounded_int(field: str, value: int | None, least: int, most: int) -> int | None:
    """A whole number that may be absent. Raises BadValue as ``bounded_int`` does."""
    return None if value is None else bounded_int(field, value, least, most)
