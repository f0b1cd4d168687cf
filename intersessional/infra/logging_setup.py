"""Logging set-up: lines of text or of JSON on standard error."""

import logging
import sys
import time
from enum import StrEnum

from pythonjsonlogger.orjson import OrjsonFormatter

from intersessional.log_context import current_log_context


class LogLevel(StrEnum):
    """The least severe messages of the project that are logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """The form of a record: a line for people, or a JSON object."""

    TEXT = "text"
    JSON = "json"


def log_to_stderr(level: LogLevel = LogLevel.INFO, log_format: LogFormat = LogFormat.TEXT) -> None:
    """Log warnings, and the project's own messages from a level on; times are UTC.

    Records have the number of the process, and the id of the request and the position that they
    belong to, where there is one.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(log_format))
    handler.addFilter(_add_context)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("intersessional").setLevel(level.upper())


def _add_context(record: logging.LogRecord) -> bool:
    if (context := current_log_context()) is not None:
        if context.request_id is not None:
            record.request_id = context.request_id
        if context.position is not None:
            record.position = context.position
    return True


class _TextFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  The library's name.
        facts = [
            f"{name} {getattr(record, attribute)}"
            for name, attribute in (("request", "request_id"), ("position", "position"))
            if hasattr(record, attribute)
        ]
        line = super().formatMessage(record)
        return f"{line} ({', '.join(facts)})" if facts else line


_JSON_NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"}


def _formatter(log_format: LogFormat) -> logging.Formatter:
    formatter: logging.Formatter
    if log_format is LogFormat.JSON:
        fields = "{asctime}{levelname}{process}{name}{message}"
        formatter = OrjsonFormatter(fields, style="{", rename_fields=_JSON_NAMES)
    else:
        formatter = _TextFormatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s")
    formatter.default_time_format = "%Y-%m-%dT%H:%M:%S"
    formatter.default_msec_format = "%s.%03dZ"
    formatter.converter = time.gmtime
    return formatter
