"""The assets of the page: read once, under one digest."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intersessional.infra.page.part_files import PartFiles
from intersessional.plugins.composition import CompositionError

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_COMPRESSED = {".png", ".woff2"}
WORKER = "core/worker.js"
"""The service worker, which must lie above all pages."""
_WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
"""A service worker fetches under the policy that it came with, not under its pages' (CSP 3)."""
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers, compressed once."""

    content: bytes
    compressed: bytes | None
    """In gzip; None where that saves nothing."""
    media_type: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "Asset":
        """An asset of a kind that browsers are told. Raises CompositionError."""
        suffix = PurePosixPath(name).suffix
        if suffix not in MEDIA_TYPES:
            raise CompositionError(f"{name}: assets end with {', '.join(sorted(MEDIA_TYPES))}.")
        compressed = None if suffix in _COMPRESSED else gzip.compress(content, mtime=0)
        return cls(content, compressed, MEDIA_TYPES[suffix])

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """The asset, compressed where the browser accepts that."""
        headers = {**headers, "Content-Type": self.media_type, "Vary": "Accept-Encoding"}
        if self.compressed is None or not accepts_gzip(request):
            return Response(self.content, headers=headers)
        return Response(self.compressed, headers={**headers, "Content-Encoding": "gzip"})


class Assets:
    """All assets of a node; their addresses begin with the digest of them all."""

    def __init__(self, parts: Sequence[PartFiles]) -> None:
        """Read the assets. Raises CompositionError."""
        self._assets: dict[str, Asset] = {}
        digest = sha256()
        for files in parts:
            for file in files.names("assets"):
                name, content = f"{files.plugin}/{file}", files.content("assets", file)
                self._assets[name] = Asset.of(name, content)
                digest.update(b"%b\0%d\0%b" % (name.encode(), len(content), content))
        self.digest = digest.hexdigest()[:16]

    def address(self, name: str) -> str:
        """The path of an asset: ``core/page.js``. Raises CompositionError for none."""
        self._asset(name)
        return f"/static/{self.digest}/{name}"

    @property
    def texts(self) -> dict[str, str]:
        """The contents of all assets that are texts, by their full names."""
        return {
            name: asset.content.decode()
            for name, asset in self._assets.items()
            if asset.compressed is not None
        }

    def text(self, name: str) -> str:
        """The content of an asset in UTF-8. Raises CompositionError for none."""
        return self._asset(name).content.decode()

    def _asset(self, name: str) -> Asset:
        if name not in self._assets:
            raise CompositionError(f"There is no asset {name}.")
        return self._assets[name]

    def routes(self) -> list[Route]:
        """The routes of all assets, and of the service worker."""
        return [
            Route("/static/{digest}/{name:path}", self._respond),
            Route("/worker.js", self._respond_worker),
        ]

    async def _respond(self, request: Request) -> Response:
        """An asset; of another digest the present one, uncached: nodes change one by one."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            return Response(status_code=404)
        current = request.path_params["digest"] == self.digest
        return asset.response(request, {"Cache-Control": _FOREVER if current else "no-store"})

    async def _respond_worker(self, request: Request) -> Response:
        """The worker: browsers ask for it again and again, whatever its headers allow."""
        asset = self._assets.get(WORKER)
        if asset is None:
            return Response(status_code=404)
        return asset.response(
            request, {"Cache-Control": "no-cache", "Content-Security-Policy": _WORKER_POLICY}
        )


def accepts_gzip(request: Request) -> bool:
    """Whether a browser accepts gzip (RFC 9110 §12.5.3)."""
    codings = request.headers.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return "gzip" in codings or any(
        one.startswith("gzip;") and not one.endswith(";q=0") for one in codings
    )
