"""Encoded results hold as much memory as their length says."""

import resource
from pathlib import Path

from intersessional.graphql.execution.encoding import encode_json

RESULTS = 4_000
PAGE_BYTES = resource.getpagesize()


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES


def test_small_results_hold_no_buffer_that_is_larger_than_they_are() -> None:
    result = {"data": {"comment": {"body": "x" * 600}}}
    before = resident_bytes()

    kept = [encode_json(result) for _ in range(RESULTS)]

    held = resident_bytes() - before
    assert held < 4 * sum(map(len, kept))


def test_a_value_is_encoded_as_json() -> None:
    assert encode_json({"b": [1, None, "é"], "a": True}) == '{"b":[1,null,"é"],"a":true}'.encode()
