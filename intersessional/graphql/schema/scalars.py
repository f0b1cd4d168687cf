"""Scalars of the API; values of another form are refused."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from intersessional.domain.kernel.occurred import Occurred, rfc3339
from intersessional.projections.kernel.epochs import parse_cursor

Position = NewType("Position", int)
OccurredText = NewType("OccurredText", Occurred)

_POSITION_MAX = 2**53 - 1
_SHOWN_MAX = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def _position(value: Any) -> int:
    position = value
    if isinstance(value, str) and ":" in value:
        position = parse_cursor(value)
    if isinstance(position, int) and not isinstance(value, bool) and 0 <= position <= _POSITION_MAX:
        return position
    raise GraphQLError(f"A position is a whole number from 0 on, not {_quoted(value)}.")


def _instant(value: Any) -> datetime:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        with suppress(ValueError, OverflowError):
            return datetime.fromisoformat(value).astimezone(UTC)
    raise GraphQLError(f"An instant is written like 2018-04-05T00:00:00Z, not {_quoted(value)}.")


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise GraphQLError(f"A day is written like 2018-11-12, not {_quoted(value)}.")


def _occurred(value: Any) -> Occurred:
    try:
        return Occurred.parse(value)
    except (TypeError, ValueError) as error:
        message = f"Not a time that something occurred: {str(error)[:_SHOWN_MAX]}."
        raise GraphQLError(message) from None


def _quoted(value: object) -> str:
    return repr(value)[:_SHOWN_MAX]


SCALARS: dict[object, ScalarDefinition] = {
    Position: strawberry.scalar(
        name="Position",
        description="The position of an event in the record, from 1; 0 is before the first event. "
        'An input may name its epoch, as `"3f9a5be2c1d0:196"`: then it is refused with '
        "`RECORD_CHANGED` where the record has lost that event since.",
        serialize=int,
        parse_value=_position,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, as RFC 3339 writes it.",
        serialize=rfc3339,
        parse_value=_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day, as ISO 8601 writes it: `2018-11-12`.",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    OccurredText: strawberry.scalar(
        name="OccurredText",
        description=(
            "When something happened, as precisely as its source gives it: `2018`, `2018-05`, "
            "`2018-04-04`, "
            "the period `2018-03-19/2018-03-22`, or an instant with its zone."
        ),
        serialize=lambda occurred: occurred.at,
        parse_value=_occurred,
    ),
}
