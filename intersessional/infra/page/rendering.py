"""What the functions and filters of templates need to know of the page that is rendered."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from babel.support import Translations

from intersessional.infra.page.formats import Formats
from intersessional.infra.page.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One page that is rendered."""

    language: Language
    catalogue: Translations
    context: Mapping[str, Any]
    """The variables of the template."""

    @property
    def formats(self) -> Formats:
        """The formats of its language."""
        return Formats(self.language)


CURRENT: ContextVar[Rendering] = ContextVar("rendering")
"""The page that is rendered: imported macros do not get the variables of the template."""
