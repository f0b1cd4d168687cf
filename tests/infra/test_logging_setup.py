"""Log lines on standard error."""

import json
import re
import subprocess
import sys

SAYS = """
import logging, sys
from intersessional.infra.logging_setup import LogFormat, LogLevel, log_to_stderr
from intersessional.log_context import begin_log_context, note_position
log_to_stderr(LogLevel(sys.argv[1]), LogFormat(sys.argv[2]))
logging.getLogger("intersessional.part").info("it goes on")
logging.getLogger("a.library").info("chatter")
try:
    raise ValueError("a fault")
except ValueError:
    logging.getLogger("a.library").exception("it failed")
begin_log_context("4bf92f35")
note_position(12)
logging.getLogger("intersessional.part").warning("it waits", extra={"status": 503})
"""
LINE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z "


def said(level: str, log_format: str) -> list[str]:
    finished = subprocess.run(
        [sys.executable, "-c", SAYS, level, log_format], capture_output=True, text=True, check=True
    )
    return finished.stderr.splitlines()


def test_log_has_one_line_per_event_tracebacks_and_no_library_messages() -> None:
    first, second, *trace, last = said("info", "text")

    assert re.fullmatch(LINE + r"INFO \d+ intersessional.part: it goes on", first)
    assert re.fullmatch(LINE + r"ERROR \d+ a.library: it failed", second)
    assert trace[-1] == "ValueError: a fault"
    assert last.endswith("intersessional.part: it waits (request 4bf92f35, position 12)")


def test_log_of_objects_has_one_on_each_line_and_nothing_below_its_level() -> None:
    failed, waits = (json.loads(line) for line in said("warning", "json"))

    assert re.fullmatch(LINE.strip(), failed.pop("time"))
    assert failed.pop("process") == waits.pop("process") > 0
    assert failed.pop("exception").endswith("ValueError: a fault")
    assert failed == {"level": "ERROR", "logger": "a.library", "message": "it failed"}
    assert waits.pop("time")
    assert waits == {
        "level": "WARNING",
        "logger": "intersessional.part",
        "message": "it waits",
        "status": 503,
        "request_id": "4bf92f35",
        "position": 12,
    }
