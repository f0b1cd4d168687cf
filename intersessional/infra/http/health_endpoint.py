"""The endpoints of the health: liveness and readiness."""

from collections.abc import Callable, Iterable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from intersessional.infra.health.health_probe import HealthProbe
from intersessional.infra.health.health_report import HealthProblem, HealthReport


def health_routes(probe: HealthProbe, counts: Callable[[], Mapping[str, int]]) -> list[Route]:
    """``/health/live`` asks for a restart when it fails, ``/health/ready`` for no requests.

    ``/health`` is the readiness. ``counts`` are shown beside it.
    """

    async def ready(_: Request) -> Response:
        """200 while the node can answer queries and record commands, else 503 with the reasons."""
        report = await probe.report()
        body = _body(report) | {**counts()}
        return JSONResponse(body, status_code=200 if report.is_ready else 503)

    async def live(_: Request) -> Response:
        """200 while the process answers: nothing else is asked, for a restart mends no database."""
        return JSONResponse({"status": "ok"})

    return [
        Route("/health", ready),
        Route("/health/ready", ready),
        Route("/health/live", live),
    ]


def _body(report: HealthReport) -> dict[str, object]:
    return {
        "status": "ok" if report.is_ready else "not ready",
        "problems": _told(report.problems),
        "warnings": _told(report.warnings),
        "headPosition": report.head_position,
        "viewPosition": report.view_position,
        "stoppedViews": report.stopped_views,
    }


def _told(problems: Iterable[HealthProblem]) -> list[dict[str, str]]:
    return [{"code": one.code, "message": one.message} for one in problems]
