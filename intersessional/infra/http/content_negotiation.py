"""In which form an answer goes out: content negotiation (RFC 9110 section 12.5.1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers

from intersessional.infra.sse import sse_format

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = sse_format.MEDIA


UTF_8 = ("utf-8", "utf8")


def read_media(text: str) -> tuple[str, dict[str, str]]:
    """A media type as a header names it, and its parameters, all in small letters."""
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    return media, {name.strip(): value.strip().strip('"') for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One of the media types that a client accepts, in the order it names them."""

    media: str
    quality: float
    place: int

    @classmethod
    def read(cls, part: str, place: int) -> Self:
        """From a part of an ``Accept`` header.

        A quality that is no number is none, and nothing is wanted in another encoding than ours.
        """
        media, given = read_media(part)
        utf_8 = given.get("charset", "utf-8") in UTF_8
        return cls(media, _quality(given.get("q", "1")) if utf_8 else 0.0, place)

    def precision(self, media: str) -> int:
        """How exactly it names a media type; 0 when it does not."""
        if self.media == media:
            return 3
        if self.media == f"{media.partition('/')[0]}/*":
            return 2
        return int(self.media in ("*/*", "*"))


class Accept:
    """What a client accepts; everything, when it does not say."""

    @classmethod
    def of(cls, headers: Headers) -> Self:
        """From the headers of a request, several of which may say it (RFC 9110 section 5.3)."""
        return cls(", ".join(headers.getlist("accept")))

    def __init__(self, header: str | None) -> None:
        """``header`` is the request's ``Accept``."""
        parts = (part for part in ((header or "").strip() or "*/*").split(",") if part.strip())
        self._ranges = [MediaRange.read(part, place) for place, part in enumerate(parts)]

    def names(self, media: str) -> bool:
        """Whether it asks for this media type itself, not only for anything."""
        named = self._named(media)
        return named is not None and named.precision(media) == 3 and named.quality > 0

    def best(self, offers: Sequence[str]) -> str | None:
        """The offer it wants most; None when it wants none.

        Of those it wants alike, the one it names first; of those it names together, as ``*/*``
        does, the first that is offered.
        """
        ranked = sorted(self._ranked(offers))
        return ranked[0][-1] if ranked else None

    def _ranked(self, offers: Sequence[str]) -> Iterator[tuple[float, int, int, str]]:
        for place, offer in enumerate(offers):
            named = self._named(offer)
            if named is not None and named.quality > 0:
                yield -named.quality, named.place, place, offer

    def _named(self, media: str) -> MediaRange | None:
        """The range that names a media type most exactly."""
        named = max(self._ranges, key=lambda one: one.precision(media), default=None)
        return named if named is not None and named.precision(media) else None


def _quality(text: str) -> float:
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return 0.0
    return min(float(text), 1.0)
