"""One value has one byte string, and what has none is refused."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given

from intersessional.infra.event_store.format.canonical_json import DEPTH_MAX, INTEGER_MAX, canonical
from tests.infra.event_store.format.json_strategies import documents


class Number(IntEnum):
    ONE = 1


class Name(StrEnum):
    ONE = "one"


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


@given(documents)
def test_canonical_json_matches_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(documents)
def test_canonical_json_round_trips(value: Any) -> None:
    written = canonical(value)

    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_canonical_json_sorts_keys_without_whitespace() -> None:
    assert canonical({"b": [1, True, None], "a_": "é\n/\x7f", "a1": {}}) == (
        b'{"a1":{},"a_":"\xc3\xa9\\n/\x7f","b":[1,true,null]}'
    )


def test_canonical_json_writes_a_tuple_as_a_list() -> None:
    assert canonical((1, (2,))) == b"[1,[2]]"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (1.0, r"\$: float"),
        ({"a": [0, {"b": float("nan")}]}, r"\$\.a\[1\]\.b: float"),
        (INTEGER_MAX + 1, "53 bits"),
        ([-INTEGER_MAX - 1], r"\$\[0\]: .* 53 bits"),
        ({"A": 1}, "key 'A'"),
        ({"é": 1}, "key 'é'"),
        ({"": 1}, "key ''"),
        ({"1": 1}, "key '1'"),
        ({"a\n": 1}, r"key 'a\\n'"),
        ({1: 1}, "key 1"),
        ({Name.ONE: 1}, "key <Name.ONE"),
        ("o\u0308", "normal form C"),
        ("\ud800", "surrogate"),
        ({"a": "x\udfff"}, r"\$\.a: .*surrogate"),
        (b"bytes", "bytes"),
        (Number.ONE, "Number"),
        (Name.ONE, "Name"),
        (Decimal(1), "Decimal"),
        (date(2018, 4, 4), "date"),
        (UUID(int=1), "UUID"),
        ({1, 2}, "set"),
        (Counter("a"), "Counter"),
        (nested(DEPTH_MAX + 1), f"{DEPTH_MAX} deep"),
    ],
)
def test_ambiguous_value_is_refused_with_its_path(value: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        canonical(value)


@pytest.mark.parametrize("value", [INTEGER_MAX, -INTEGER_MAX, nested(DEPTH_MAX), "", "\x00"])
def test_value_at_the_bounds_is_accepted(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
