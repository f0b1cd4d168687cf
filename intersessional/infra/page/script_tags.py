"""The elements of HTML that load scripts."""

import posixpath
import re
from collections.abc import Iterator

from markupsafe import Markup

from intersessional.infra.page.assets import Assets

_IMPORT = re.compile(r'^(?:import|export)\b[^"();]*"(\.[^"]+)";?$', re.MULTILINE)
"""A static import of an ES module (ECMA-262 §16.2.2); what ``import()`` loads comes later."""


class ScriptTags:
    """Makes the elements that load modules; what they import is loaded at the same time."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    def of(self, *names: str) -> Markup:
        """The elements for these modules. Raises CompositionError for one that is not there."""
        imported = dict.fromkeys(name for each in names for name in self._imported(each))
        preload = Markup('<link rel="modulepreload" href="{}">\n')
        script = Markup('<script type="module" src="{}"></script>\n')
        links = (preload.format(self._assets.address(one)) for one in imported if one not in names)
        scripts = (script.format(self._assets.address(one)) for one in names)
        return Markup("").join((*links, *scripts))

    def _imported(self, name: str) -> Iterator[str]:
        """The modules that a module imports, and those that these import, each once."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            module = waiting.pop(0)
            for path in _IMPORT.findall(self._assets.text(module)):
                imported = posixpath.normpath(posixpath.join(posixpath.dirname(module), path))
                if imported not in found:
                    found.add(imported)
                    waiting.append(imported)
                    yield imported
