"""The elements of HTML that load scripts."""

import posixpath
import re
from collections.abc import Sequence

from markupsafe import Markup

from intersessional.infra.page.assets import Assets

_IMPORT = re.compile(r'^(?:import|export)\b[^"();]*"(\.[^"]+)";?$', re.MULTILINE)
"""A static import of an ES module (ECMA-262 §16.2.2)."""
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
"""An import that a script makes when it needs it (ECMA-262 §13.3.10)."""


class ScriptTags:
    """Makes the elements that load modules; what they import is loaded at the same time.

    What they import later is named in ``data-imports``: the service worker keeps it with the page.
    """

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._made: dict[tuple[str, ...], Markup] = {}

    def of(self, *names: str) -> Markup:
        """The elements for these modules. Raises CompositionError for one that is not there."""
        if names not in self._made:
            self._made[names] = self._of(names)
        return self._made[names]

    def _of(self, names: Sequence[str]) -> Markup:
        imported = self._imported(names)
        preload = Markup('<link rel="modulepreload" href="{}">\n')
        script = Markup('<script type="module" src="{}"{}></script>\n')
        links = (preload.format(self._assets.address(one)) for one in imported if one not in names)
        scripts = (script.format(self._assets.address(one), self._later(one)) for one in names)
        return Markup("").join((*links, *scripts))

    def _later(self, name: str) -> Markup:
        """The attribute with the modules that a module and those it imports may load later."""
        loaded = (name, *self._imported([name]))
        begun = [other for each in loaded for other in self._named(_LATER, each)]
        later = dict.fromkeys((*begun, *self._imported(begun)))
        addresses = [self._assets.address(one) for one in later if one not in loaded]
        return Markup(' data-imports="{}"').format(" ".join(addresses)) if addresses else Markup()

    def _imported(self, names: Sequence[str]) -> dict[str, None]:
        """The modules that modules import, and those that these import, each once."""
        found: dict[str, None] = {}
        waiting = [*names]
        while waiting:
            for imported in self._named(_IMPORT, waiting.pop(0)):
                if imported not in found:
                    found[imported] = None
                    waiting.append(imported)
        return found

    def _named(self, pattern: re.Pattern[str], name: str) -> list[str]:
        """The modules that a module names in this way."""
        folder = posixpath.dirname(name)
        paths = pattern.findall(self._assets.text(name))
        return [posixpath.normpath(posixpath.join(folder, path)) for path in paths]
