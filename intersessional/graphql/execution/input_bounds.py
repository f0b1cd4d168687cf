"""Bounds on the JSON of variables, counted before they are coerced."""

from collections.abc import Iterable
from typing import cast

from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.graphql.request.context import BadRequest

LIST_MAX = BLOCKS_MAX
"""No list of an input may be longer: the domain allows most in the blocks of a draft."""
VALUES_MAX = 10_000
DEPTH_MAX = 50


def check_inputs(values: Iterable[object]) -> None:
    """Check the variables that an operation declares. Raises BadRequest."""
    count, left = 0, [(value, 1) for value in values]
    while left:
        value, depth = left.pop()
        inner: list[object]
        if isinstance(value, list):
            inner = cast("list[object]", value)
            if len(inner) > LIST_MAX:
                raise _too_large("items in one list", len(inner), LIST_MAX)
        elif isinstance(value, dict):
            inner = [*cast("dict[str, object]", value).values()]
        else:
            continue
        count += len(inner)
        if count > VALUES_MAX:
            raise _too_large("values", count, VALUES_MAX)
        if depth > DEPTH_MAX:
            raise _too_large("levels", depth, DEPTH_MAX)
        left.extend((one, depth + 1) for one in inner)


def _too_large(what: str, measured: int, allowed: int) -> BadRequest:
    message = f"The variables have {measured} {what}; {allowed} are allowed."
    return BadRequest("BAD_VARIABLE", message, measured=measured, max=allowed)
