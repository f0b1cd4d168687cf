"""What templates need to make links: addresses, in the past state that is read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from intersessional.infra.page.languages import PARAMETER
from intersessional.infra.page.rendering import CURRENT
from intersessional.infra.page.variables import AS_OF


def at(address: str) -> str:
    """An address of the page in the past state that is read; in the present, as it is."""
    as_of: Mapping[str, Any] = CURRENT.get().context["as_of"] or {}
    given = {name: as_of[field] for name, field in AS_OF.items() if field in as_of}
    path, mark, fragment = address.partition("#")
    return f"{with_parameters(path, given)}{mark}{fragment}"


def query(names: Iterable[str]) -> Mapping[str, str]:
    """Those of these parameters that the address of the screen has."""
    url: str = CURRENT.get().context["url"]
    given = dict(parse_qsl(urlsplit(url).query))
    return {name: given[name] for name in names if name in given}


def with_parameters(path: str, parameters: Mapping[str, str], **more: str | int) -> str:
    """An address with further parameters."""
    text = urlencode({**parameters, **more})
    return f"{path}{'&' if '?' in path else '?'}{text}" if text else path


def in_language(tag: str) -> str:
    """The address of the screen, with all its parameters, in another language."""
    url: str = CURRENT.get().context["url"]
    address = urlsplit(url)
    return with_parameters(address.path, {**dict(parse_qsl(address.query)), PARAMETER: tag})


LINK_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "at": at,
    "in_language": in_language,
    "query": query,
    "with_parameters": with_parameters,
}
"""The functions, by the names that templates call them by."""
