"""The variables of a screen's query, from its address."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from graphql import (
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    TypeNode,
)
from starlette.datastructures import QueryParams
from starlette.requests import Request

from intersessional.infra.page.documents import PageDocument
from intersessional.infra.page.local_path import HOME, local_path

AS_OF = {"asOf": "position", "known": "known", "occurred": "occurred"}
"""The parameters that ask for a past state, with their fields of ``AsOfInput``."""
NEXT = "next"
"""The parameter with the path to go on with, after what a screen is for."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def screen_variables(
    operation: OperationDefinitionNode, path: Mapping[str, Any], query: QueryParams
) -> dict[str, Any]:
    """The variables that an address gives; those that it does not give are left out.

    A text that is no value of its variable's type is passed on, for the API to refuse.
    """
    variables: dict[str, Any] = {}
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        kind = definition.type
        if _named(kind) == "AsOfInput":
            value: Any = as_of(query)
        elif name in path:
            value = _value(kind, [str(path[name])])
        else:
            value = _value(kind, [text for text in query.getlist(name) if text])
        if value is not None:
            variables[name] = value
    return variables


def needed_variables(operation: OperationDefinitionNode, path: Mapping[str, Any]) -> dict[str, str]:
    """The types of the required variables of a subscription that its address does not give."""
    return {
        definition.variable.name.value: _named(definition.type)
        for definition in operation.variable_definitions or ()
        if isinstance(definition.type, NonNullTypeNode)
        and definition.variable.name.value not in path
    }


def has_past(operation: OperationDefinitionNode) -> bool:
    """Whether an operation asks for the state that ``as_of`` gives."""
    return any(_named(one.type) == "AsOfInput" for one in operation.variable_definitions or ())


def as_of(query: QueryParams) -> dict[str, Any] | None:
    """The past state that an address asks for, as ``AsOfInput``; None for the present."""
    given: dict[str, Any] = {field: query[name] for name, field in AS_OF.items() if query.get(name)}
    if "position" in given:
        given["position"] = _whole(given["position"])
    if "known" in given:
        given["known"] = _instant(given["known"], "T23:59:59.999999Z")
    if "occurred" in given:
        # What happened on a day is certain when the day is over, and not before.
        given["occurred"] = _instant(_day_after(given["occurred"]), "T00:00:00Z")
    return given or None


def occurred_day(query: QueryParams) -> str:
    """The day by whose end things had happened, where an address asks for that; else nothing."""
    text = query.get("occurred", "")[:10]
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else ""
    return ""


def address_of(document: PageDocument | None, request: Request) -> str:
    """The address of a screen, with those parameters of the query string that it has.

    ``next`` is one of them where it leads on.
    """
    named = set(AS_OF)
    if document is not None:
        declared = document.operation.variable_definitions or ()
        named |= {one.variable.name.value for one in declared}
    query = [(name, text) for name, text in request.query_params.multi_items() if name in named]
    onward = local_path(request.query_params.get(NEXT))
    if onward != HOME:
        query.append((NEXT, onward))
    path = quote(request.url.path)
    return f"{path}?{urlencode(query)}" if query else path


def _value(kind: TypeNode, texts: list[str]) -> Any:
    if isinstance(kind, NonNullTypeNode):
        return _value(kind.type, texts)
    if isinstance(kind, ListTypeNode):
        return [_value(kind.type, [text]) for text in texts] or None
    if not texts:
        return None
    match _named(kind):
        case "Int" | "Position":
            return _whole(texts[0])
        case "DateTime":
            return _instant(texts[0], "T00:00:00Z")
        case "Boolean":
            return {"true": True, "false": False}.get(texts[0], texts[0])
        case _:
            return texts[0]


def _day_after(text: str) -> str:
    """The day after a day; another text as it is."""
    if not _DAY.fullmatch(text):
        return text
    with suppress(ValueError, OverflowError):
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    return text


def _instant(text: str, time: str) -> str:
    """An instant as a text; of a day alone, at this time of it."""
    return f"{text}{time}" if _DAY.fullmatch(text) else text


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else text


def _named(kind: TypeNode) -> str:
    match kind:
        case NonNullTypeNode() | ListTypeNode():
            return _named(kind.type)
        case NamedTypeNode():
            return kind.name.value
        case _:
            raise TypeError(kind)
