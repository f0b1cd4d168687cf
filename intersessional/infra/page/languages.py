"""The language of a page."""

from dataclasses import dataclass
from gettext import NullTranslations

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """A language in which pages are shown."""

    tag: str
    """Its tag of BCP 47."""
    direction: str
    """``ltr`` or ``rtl``."""
    catalogue: NullTranslations
    """Its messages."""


ENGLISH = PageLanguage("en", "ltr", NullTranslations())


def translations_for(request: Request) -> PageLanguage:
    """The language that a request asks for."""
    return ENGLISH
