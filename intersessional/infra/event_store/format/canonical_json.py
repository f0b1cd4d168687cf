"""Canonical JSON: one byte string for one value.

The profile is narrower than RFC 8785, so that every writer and every verifier agrees: keys match
``[a-z][a-z0-9_]*``, there are no floats, integers fit in 53 bits, strings are in NFC.
"""

import re
import unicodedata
from typing import cast

import orjson

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 64

_KEY = re.compile(r"[a-z][a-z0-9_]*")


def canonical(value: object) -> bytes:
    """Write a value in canonical JSON. Raises ValueError with the path of what does not fit."""
    fault = _fault(value, DEPTH_MAX)
    if fault is not None:
        path, reason = fault
        raise ValueError(f"${path}: {reason}")
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _fault(value: object, depth: int) -> tuple[str, str] | None:
    """The path and the reason where a value does not fit; None when it fits.

    Types are compared exactly: the profile, not orjson, decides about subclasses, dataclasses and
    datetimes.
    """
    kind = type(value)
    if kind is str:
        return _string_fault(cast(str, value))
    if kind is int:
        if abs(cast(int, value)) > INTEGER_MAX:
            return "", f"the integer {value} does not fit in 53 bits"
        return None
    if value is None or kind is bool:
        return None
    if depth == 0:
        return "", f"it is nested more than {DEPTH_MAX} deep"
    if kind is dict:
        return _object_fault(cast(dict[object, object], value), depth - 1)
    if kind is list or kind is tuple:
        for index, item in enumerate(cast(list[object], value)):
            fault = _fault(item, depth - 1)
            if fault is not None:
                return f"[{index}]{fault[0]}", fault[1]
        return None
    return "", f"{kind.__name__} has no canonical form"


def _object_fault(value: dict[object, object], depth: int) -> tuple[str, str] | None:
    for key, item in value.items():
        if type(key) is not str or not _KEY.fullmatch(key):
            return "", f"the key {key!r} does not match {_KEY.pattern}"
        fault = _fault(item, depth)
        if fault is not None:
            return f".{key}{fault[0]}", fault[1]
    return None


def _string_fault(value: str) -> tuple[str, str] | None:
    if value.isascii():
        return None
    if not unicodedata.is_normalized("NFC", value):
        return "", "the string is not in Unicode normal form C"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "", "the string holds a lone surrogate"
    return None
