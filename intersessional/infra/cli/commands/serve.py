"""intersessional serve: the record, on the web."""

from intersessional.infra.cli.serving import Workers


def serve(workers: Workers = 1) -> None:
    """Serve the record until SIGTERM or Ctrl-C.

    Environment variables say where and how: PORT, DATABASE_URL, INTERSESSIONAL_DATA and others.
    """
    from intersessional.infra.cli.serving import serve_record
    from intersessional.infra.settings import load_settings

    serve_record(load_settings(), workers=workers)
