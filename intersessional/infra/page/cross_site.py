"""The check that a form was sent by a page of this server, and by no other site.

By ``Sec-Fetch-Site``, which no script can set, else by ``Origin``: the forms hold no tokens, so
that a page is the same for all readers.
"""

from starlette.requests import Request

from intersessional.infra.connections.own_origin import own_origin

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))


def is_from_elsewhere(request: Request, public_origin: str | None) -> bool:
    """Whether a request that may change something comes from another site, or from nowhere."""
    if request.method in SAFE_METHODS:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        # Also `same-site` is another site: a sibling host need not be ours.
        return site != "same-origin"
    return request.headers.get("origin") not in (public_origin or own_origin(request),)
