"""Log lines on standard error."""

import re
import subprocess
import sys

SAYS = """
import logging
from intersessional.infra.logging_setup import log_to_stderr
log_to_stderr()
logging.getLogger("intersessional.part").info("it goes on")
logging.getLogger("a.library").info("chatter")
try:
    raise ValueError("a fault")
except ValueError:
    logging.getLogger("a.library").exception("it failed")
"""
LINE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z "


def test_log_has_one_line_per_event_tracebacks_and_no_library_messages() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", SAYS], capture_output=True, text=True, check=True
    )

    first, second, *trace = finished.stderr.splitlines()
    assert re.fullmatch(LINE + "INFO intersessional.part: it goes on", first)
    assert re.fullmatch(LINE + "ERROR a.library: it failed", second)
    assert trace[-1] == "ValueError: a fault"
