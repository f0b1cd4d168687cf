"""Scalars of the API. They are strict: what does not fit is refused, not bent."""

from datetime import datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from intersessional.domain.occurred import Occurred, rfc3339

Position = NewType("Position", int)
OccurredText = NewType("OccurredText", Occurred)

_POSITION_MAX = 2**53 - 1


def _position(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _POSITION_MAX:
        return value
    raise GraphQLError(f"A position is a whole number from 0 on, not {value!r}.")


def _instant(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GraphQLError(f"An instant is written like 2018-04-05T00:00:00Z, not {value!r}.")
    return moment


def _occurred(value: Any) -> Occurred:
    try:
        return Occurred.parse(value)
    except (TypeError, ValueError) as error:
        raise GraphQLError(f"Not a time that something occurred: {error}.") from None


SCALARS: dict[object, ScalarDefinition] = {
    Position: strawberry.scalar(
        name="Position",
        description="A place in the record, counted from 1; 0 is before everything.",
        serialize=int,
        parse_value=_position,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, as RFC 3339 writes it.",
        serialize=rfc3339,
        parse_value=_instant,
    ),
    OccurredText: strawberry.scalar(
        name="OccurredText",
        description=(
            "When something occurred, as exactly as is known: `2018`, `2018-05`, `2018-04-04`, "
            "the period `2018-03-19/2018-03-22`, or an instant with its zone."
        ),
        serialize=lambda occurred: occurred.at,
        parse_value=_occurred,
    ),
}
