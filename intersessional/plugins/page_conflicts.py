"""Conflicts between the parts of the page: what is claimed twice, or builds on nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence

from intersessional.plugins.page import PagePart
from intersessional.plugins.plugin import Plugin

RESERVED = ("/graphql", "/health", "/static")
"""Addresses of the server, with all below them."""

_PARAMETER = re.compile(r"\{[^}]*\}")


def address_form(path: str) -> str:
    """An address whatever its parameters are called."""
    return _PARAMETER.sub("{}", path)


def screen_addresses(plugin: Plugin) -> Iterable[str]:
    """The addresses of the screens of a plugin."""
    return [address_form(screen.path) for screen in _part(plugin).screens]


def form_addresses(plugin: Plugin) -> Iterable[str]:
    """The addresses of the forms of a plugin."""
    return [address_form(form.path) for form in _part(plugin).forms]


def places(plugin: Plugin) -> Iterable[str]:
    """The places in the screens of a plugin."""
    return _part(plugin).places


def page_conflicts(plugins: Sequence[Plugin]) -> Iterator[str]:
    """What does not fit together in the parts of these plugins, as sentences."""
    screens = {address for plugin in plugins for address in screen_addresses(plugin)}
    known = {place for plugin in plugins for place in places(plugin)}
    for plugin in plugins:
        part = _part(plugin)
        for path in (*(one.path for one in part.screens), *(one.path for one in part.forms)):
            if not path.startswith("/") or path.startswith(RESERVED):
                yield f"{plugin.name} claims the address {path}, which no plugin can have."
        for slot in part.slots:
            if slot.place not in known:
                yield f"{plugin.name} fills the place {slot.place}, which is in no screen."
        for form in part.forms:
            if address_form(form.screen) not in screens:
                yield (
                    f"{plugin.name} sends the form {form.path} from {form.screen}, "
                    "which is no screen."
                )


def _part(plugin: Plugin) -> PagePart:
    return plugin.page or PagePart(package="")
