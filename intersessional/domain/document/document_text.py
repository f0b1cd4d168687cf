"""The form in which a version of a document is sent, and how it is checked."""

import re
from dataclasses import dataclass
from typing import Any

from intersessional.domain.kernel.language import validated_optional_language
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_text,
    validated_slug,
)

TEXT_BYTES_MAX = 60_000
"""Bytes in UTF-8 of a text of a document."""
_SHA_256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class WrittenVersion:
    """A version of a document: its text, or where it stands, or the hash of its bytes."""

    label: str
    """The label of the version; at most 300 bytes in UTF-8."""
    dated: Occurred | None = None
    """Its date, as exactly as it is known; the time of the command by default."""
    language: str | None = None
    """Its language, as a tag of BCP 47."""
    source: str | None = None
    """The key of the source in which it stands."""
    text: str | None = None
    """Its text, with errors of reading put right; at most 60,000 bytes in UTF-8."""
    raw_text: str | None = None
    """Its text as a machine read it, where that differs; at most 60,000 bytes in UTF-8."""
    sha256: str | None = None
    """The SHA-256 of its bytes, in 64 hexadecimal digits with small letters."""

    def validated(self, occurred: Occurred) -> dict[str, Any]:
        """The fields of the event. Raises BadValue, naming a field of ``version``."""
        if self.text is None and self.source is None and self.sha256 is None:
            problem = "give the text, the source or the hash."
            raise BadValue(field="version.text", problem=problem)
        if self.raw_text is not None and self.text is None:
            problem = "the text that was put right stands beside it."
            raise BadValue(field="version.raw_text", problem=problem)
        if self.sha256 is not None and not _SHA_256.fullmatch(self.sha256):
            problem = "use 64 hexadecimal digits with small letters."
            raise BadValue(field="version.sha256", problem=problem)
        if self.source is not None:
            validated_slug("version.source", self.source)
        raw_text = validated_optional_text("version.raw_text", self.raw_text, TEXT_BYTES_MAX)
        return {
            "label": validated_name("version.label", self.label),
            "dated": self.dated or occurred,
            "language": validated_optional_language("version.language", self.language),
            "source": self.source,
            "text": validated_optional_text("version.text", self.text, TEXT_BYTES_MAX),
            "raw_text": raw_text,
            "sha256": self.sha256,
        }
