"""Encoded results hold as much memory as their length says."""

import subprocess
import sys

from intersessional.graphql.execution.encoding import encode_json

RESULTS = 4_000
# In a process of its own: what others have freed before would be taken unnoticed.
PROGRAM = f"""
import resource
from pathlib import Path

from intersessional.graphql.execution.encoding import encode_json


def resident_bytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


result = {{"data": {{"comment": {{"body": "x" * 600}}}}}}
before = resident_bytes()
kept = [encode_json(result) for _ in range({RESULTS})]
print(resident_bytes() - before, sum(map(len, kept)))
"""


def test_small_results_hold_no_buffer_that_is_larger_than_they_are() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    held, length = map(int, done.stdout.split())
    assert held < 4 * length


def test_a_value_is_encoded_as_json() -> None:
    assert encode_json({"b": [1, None, "é"], "a": True}) == '{"b":[1,null,"é"],"a":true}'.encode()
