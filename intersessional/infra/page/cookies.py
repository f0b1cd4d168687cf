"""The cookies of the page, which no script reads and no other host can set (RFC 6265bis §4.1.3)."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from intersessional.infra.settings import Mode, Settings

_PREFIX = "__Host-"


@dataclass(frozen=True, slots=True)
class HostCookie:
    """A cookie of this host alone: its name begins with ``__Host-``.

    Browsers accept such a name by https only, so in development it has none on this machine.
    """

    name: str
    lifetime: timedelta

    def read(self, request: Request, settings: Settings) -> str | None:
        """Its value; None where there is none, or several: one of them was set by someone else."""
        values = self._values(request, settings)
        return values[0] if len(values) == 1 else None

    def is_present(self, request: Request, settings: Settings) -> bool:
        """Whether the browser sent it at all."""
        return bool(self._values(request, settings))

    def set(self, request: Request, response: Response, value: str, settings: Settings) -> None:
        """Let the browser hold a value."""
        self._set(request, response, value, int(self.lifetime.total_seconds()), settings)

    def clear(self, request: Request, response: Response, settings: Settings) -> None:
        """Let the browser forget it."""
        self._set(request, response, "", 0, settings)

    def _set(
        self, request: Request, response: Response, value: str, age_s: int, settings: Settings
    ) -> None:
        response.set_cookie(
            self._name(request, settings),
            value,
            max_age=age_s,
            path="/",
            secure=not _is_plain(request, settings),
            httponly=True,
            samesite="lax",
        )

    def _values(self, request: Request, settings: Settings) -> list[str]:
        if "cookie" not in request.headers:
            return []
        return cookie_values(request, self._name(request, settings))

    def _name(self, request: Request, settings: Settings) -> str:
        return self.name if _is_plain(request, settings) else _PREFIX + self.name


def cookie_values(request: Request, name: str) -> list[str]:
    """The values of the cookies of this name, as they were sent.

    ``Request.cookies`` reads quoted values, in a time that grows with the square of their length.
    """
    headers = request.headers.getlist("cookie")
    pairs = (pair.strip().partition("=") for header in headers for pair in header.split(";"))
    return [value for key, _, value in pairs if key == name]


def _is_plain(request: Request, settings: Settings) -> bool:
    """Whether a request came by http from this machine, in development."""
    return (
        settings.mode is Mode.DEVELOPMENT
        and request.url.scheme == "http"
        and _is_loopback(request.url.hostname or "")
    )


def are_stored(request: Request) -> bool:
    """Whether browsers store these cookies of a page that was asked for in this way."""
    return request.url.scheme == "https" or _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
