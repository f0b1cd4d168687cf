"""Variables of the environment that look like settings and are none."""

from collections.abc import Iterable
from difflib import get_close_matches

PREFIX = "INTERSESSIONAL_"
_PREFIX_BEGINNING = "INTERSES"
"""A variable that begins so is meant to be a setting, although its prefix may be misspelt."""


def misspelt(variables: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each variable that no setting reads, with the nearest name."""
    names = list(known)
    return [
        _sentence(variable, get_close_matches(variable.upper(), names, n=1))
        for variable in sorted(variables)
        if variable.upper().startswith(_PREFIX_BEGINNING) and variable.upper() not in names
    ]


def _sentence(variable: str, nearest: list[str]) -> str:
    if nearest:
        return f"{variable} is no setting; did you mean {nearest[0]}?"
    return f"{variable} is no setting; docs/running.md lists all."
