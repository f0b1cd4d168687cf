"""What the functions and filters of templates need to know of the page that is rendered."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from intersessional.infra.page.languages import PageLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One page that is rendered."""

    language: PageLanguage
    context: Mapping[str, Any]
    """The variables of the template."""


CURRENT: ContextVar[Rendering] = ContextVar("rendering")
"""The page that is rendered: imported macros do not get the variables of the template."""
