"""``intersessional serve``: serves the API over HTTP."""

from intersessional.infra.cli.serving import WorkerCount, serve_record
from intersessional.infra.settings import load_settings


def serve(workers: WorkerCount = 1) -> None:
    """Serve the record until SIGTERM or Ctrl-C.

    Environment variables configure it: PORT, DATABASE_URL, INTERSESSIONAL_DATA and others.
    """
    serve_record(load_settings(), workers=workers)
