"""Exports spans, and tells of a collector that is away as of any outage."""

import logging
from collections.abc import Sequence

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from intersessional.concurrency.outage import Outage

logger = logging.getLogger(__name__)
_library = logging.getLogger(OTLPSpanExporter.__module__)


class CollectorError(Exception):
    """The collector did not take spans; the message is the library's last one."""


class WatchedExporter(SpanExporter):
    """An exporter whose outage is a line when it begins, one each minute, and one when it ends.

    The library would log several lines for each batch of spans, without an end.
    """

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._outage = Outage(logger, "the export of traces", "the collector")
        self._reason = ""
        _library.addFilter(self._take)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send a batch of spans."""
        result = self._exporter.export(spans)
        if result is SpanExportResult.SUCCESS:
            self._outage.ended()
        else:
            self._outage.failed(CollectorError(self._reason))
        return result

    def shutdown(self) -> None:
        """End a request that waits to be sent again."""
        self._exporter.shutdown()

    def _take(self, record: logging.LogRecord) -> bool:
        """Take a record of the library for the reason of an outage; it is not logged."""
        self._reason = record.getMessage()
        return False
