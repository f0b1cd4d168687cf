"""Content negotiation by ``Accept`` (RFC 9110 §12.5.1).

Starlette and our dependencies have none; ties are decided by the order in the header, and a charset
other than UTF-8 is not acceptable, which generic parsers do not do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers

_CHARS_MAX = 2_000
"""What comes later in the header is not read; browsers send some 150."""
UTF_8 = ("utf-8", "utf8")


def parse_media_type(text: str) -> tuple[str, dict[str, str]]:
    """A media type and its parameters, in lower case."""
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    return media, {name.strip(): value.strip().strip('"') for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One media range of an ``Accept`` header, with its place in the header."""

    media: str
    quality: float
    place: int

    @classmethod
    def parse(cls, part: str, place: int) -> Self:
        """Parse a media range.

        Its quality is 0 where ``q`` is no number, or where it asks for another charset than UTF-8.
        """
        media, parameters = parse_media_type(part)
        utf_8 = parameters.get("charset", "utf-8") in UTF_8
        return cls(media, _quality(parameters.get("q", "1")) if utf_8 else 0.0, place)

    def precision(self, media: str) -> int:
        """How specifically it matches a media type; 0 where it does not."""
        if self.media == media:
            return 3
        if self.media == f"{media.partition('/')[0]}/*":
            return 2
        return int(self.media in ("*/*", "*"))


class Accept:
    """The media types that a client accepts; all of them without the header."""

    @classmethod
    def from_headers(cls, headers: Headers) -> Self:
        """Parse the headers of a request; a field may occur several times (RFC 9110 §5.3)."""
        return cls(", ".join(headers.getlist("accept"))[:_CHARS_MAX])

    def __init__(self, header: str | None) -> None:
        """``header`` is the request's ``Accept``."""
        parts = (part for part in ((header or "").strip() or "*/*").split(",") if part.strip())
        self._ranges = [MediaRange.parse(part, place) for place, part in enumerate(parts)]

    def names(self, media: str) -> bool:
        """Whether it names exactly this media type."""
        best = self._most_specific(media)
        return best is not None and best.precision(media) == 3 and best.quality > 0

    def best(self, offers: Sequence[str]) -> str | None:
        """The offer with the highest quality; None where none is accepted.

        Of equal ones the first in the header, then the first that is offered.
        """
        ranked = sorted(self._ranked(offers))
        return ranked[0][-1] if ranked else None

    def _ranked(self, offers: Sequence[str]) -> Iterator[tuple[float, int, int, str]]:
        for place, offer in enumerate(offers):
            best = self._most_specific(offer)
            if best is not None and best.quality > 0:
                yield -best.quality, best.place, place, offer

    def _most_specific(self, media: str) -> MediaRange | None:
        """The range that matches a media type most specifically."""
        best = max(self._ranges, key=lambda one: one.precision(media), default=None)
        return best if best is not None and best.precision(media) else None


def _quality(text: str) -> float:
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return 0.0
    return min(float(text), 1.0)
