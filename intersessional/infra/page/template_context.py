"""The variables of templates."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request

from intersessional.infra.page.compose import ComposedScreen
from intersessional.infra.page.local_path import local_path
from intersessional.infra.page.variables import NEXT, needed_variables, screen_variables


def context_of(request: Request, address: str) -> dict[str, Any]:
    """The variables of every template; those that an answer gives are empty."""
    return {
        "as_of": None,
        "data": {},
        "epoch": None,
        "live": [],
        "next": local_path(request.query_params.get(NEXT)),
        "own": {},
        "path": {},
        "position": None,
        "preview": None,
        "refusal": None,
        "url": address,
        "viewer": None,
    }


def live_documents(screen: ComposedScreen, path: Mapping[str, str]) -> list[dict[str, Any]]:
    """The subscriptions of a screen, by hash, with the variables that its address gives.

    The page gives the others, which are named with their types: ``data-live-<name>`` in a template.
    """
    return [
        {
            "name": document.name,
            "sha256": document.sha256,
            "variables": screen_variables(document.operation, path, QueryParams()),
            "needs": needed_variables(document.operation, path),
        }
        for document in screen.live
    ]
