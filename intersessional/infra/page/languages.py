"""The languages of the page, and the one that a reader gets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from starlette.requests import Request
from starlette.responses import Response

from intersessional.infra.accept import MediaRange
from intersessional.infra.page.cookies import cookie_values

COOKIE = "lang"
PARAMETER = "lang"
_ACCEPTED_CHARS_MAX = 500
"""What comes later in an ``Accept-Language`` is not read; browsers send some 100."""
_YEAR_S = 365 * 24 * 3_600


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the page: its tag of BCP 47, and the locale of its dates and numbers."""

    tag: str
    locale: Locale

    @property
    def name(self) -> str:
        """Its name in itself."""
        name = self.locale.language_name
        return self.tag if name is None else name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        """The direction of its script, as HTML's ``dir`` has it."""
        return self.locale.text_direction


_LOCALES = {"ar": "ar", "zh": "zh_Hans_CN", "en": "en_GB", "fr": "fr", "ru": "ru", "es": "es"}

LANGUAGES: Mapping[str, Language] = {
    tag: Language(tag, Locale.parse(locale)) for tag, locale in _LOCALES.items()
}
"""The official languages of the United Nations, in the order in which it lists them."""

SOURCE = LANGUAGES["en"]
"""The language of the templates."""


def language_of(request: Request) -> Language:
    """The language that the address names, else the cookie, else the browser; else English."""
    if request.scope["query_string"] or "cookie" in request.headers:
        for tag in (request.query_params.get(PARAMETER, ""), *cookie_values(request, COOKIE)):
            language = LANGUAGES.get(tag)
            if language is not None:
                return language
    accepted = ", ".join(request.headers.getlist("accept-language"))
    return accepted_language(accepted[:_ACCEPTED_CHARS_MAX])


def keep_language(request: Request, response: Response) -> None:
    """Keep the language that the address names in a cookie, for the pages that do not."""
    if not request.scope["query_string"]:
        return
    tag = request.query_params.get(PARAMETER, "")
    if tag in LANGUAGES and cookie_values(request, COOKIE) != [tag]:
        response.set_cookie(COOKIE, tag, max_age=_YEAR_S, httponly=True, samesite="lax")


@lru_cache(maxsize=256)
def accepted_language(header: str) -> Language:
    """The language that an ``Accept-Language`` header prefers (RFC 4647 §3.4, lookup)."""
    parts = (part for part in header.split(",") if part.strip())
    ranges = [MediaRange.parse(part, place) for place, part in enumerate(parts)]
    for one in sorted(ranges, key=lambda one: (-one.quality, one.place)):
        for tag in _shortened(one.media):
            if one.quality > 0 and tag in LANGUAGES:
                return LANGUAGES[tag]
    return SOURCE


def _shortened(tag: str) -> Iterator[str]:
    """The tag, and the ones that remain as its last subtags are taken away."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
