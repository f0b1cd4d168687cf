"""The response with a page."""

import gzip
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.execution.points import of_decompressing
from intersessional.infra.page.assets import accepts_gzip
from intersessional.infra.rate_limits.request_limits import Account

RawHeaders = Sequence[tuple[bytes, bytes]]


class PageResponse(Response):
    """A page that is compressed already; its headers are encoded already."""

    def __init__(
        self,
        request: Request,
        account: Account,
        compressed: bytes,
        headers: RawHeaders,
        status: int = 200,
    ) -> None:
        """It is decompressed for the few who do not accept gzip; their account pays for that."""
        self.status_code = status
        self.background = None
        self.raw_headers = list(headers)
        if status == 304:
            self.body = b""
            return
        if accepts_gzip(request):
            self.body = compressed
            self.raw_headers.append((b"content-encoding", b"gzip"))
        else:
            self.body = gzip.decompress(compressed)
            account.charge_done(of_decompressing(len(self.body)))
        self.raw_headers.append((b"content-length", b"%d" % len(self.body)))
