"""A test that never ends fails when its time is over, whatever its event loop is doing."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.timed_loop import TimedLoop

HANGING = Path(__file__).with_name("hanging_tests.py")
# Without what other tests are given, whose imports take seconds.
ALONE = ["--noconftest", "-p", "tests.timed_loop", "-p", "no:xdist", "-p", "no:cacheprovider"]


async def test_tests_run_on_a_loop_that_can_be_left() -> None:
    assert type(asyncio.get_running_loop()) is TimedLoop


@pytest.mark.asyncio(loop_scope="session")
async def test_tests_of_the_session_run_on_a_loop_that_can_be_left() -> None:
    assert type(asyncio.get_running_loop()) is TimedLoop


def test_each_way_to_hang_ends_the_test_and_no_other() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *ALONE, "--tb=line", HANGING],
        env={**os.environ, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )

    # On a slow machine the time may be over while a test is set up: then it is an error.
    over = re.findall(r"^(?:FAILED|ERROR) .*::(\w+) - Failed: Timeout", ended.stdout, re.MULTILINE)
    assert len(set(over)) == HANGING.read_text().count("@out_of_time"), ended.stdout
    assert " 2 passed" in ended.stdout.splitlines()[-1], ended.stdout
