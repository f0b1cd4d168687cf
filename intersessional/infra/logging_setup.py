"""What the programme says to whoever runs it: a line for each event, a fault whole."""

import logging
import sys
import time


def log_to_stderr() -> None:
    """Write warnings, and what the project itself tells, to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    formatter.default_time_format = "%Y-%m-%dT%H:%M:%S"
    formatter.default_msec_format = "%s.%03dZ"
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("intersessional").setLevel(logging.INFO)
