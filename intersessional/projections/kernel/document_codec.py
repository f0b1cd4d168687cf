"""Encodes the documents of views as JSON."""

from typing import Generic, TypeVar

import msgspec

D = TypeVar("D")

_ENCODER = msgspec.json.Encoder()


class DocumentCodec(Generic[D]):
    """Encodes and decodes the documents of one type.

    The bytes are stored as they are: jsonb would be parsed and printed again each time. A sealed
    text is encoded as its commitment only, so an erasure never changes a document.
    """

    def __init__(self, document: type[D]) -> None:
        """Raises TypeError for a type whose values could not be read back."""
        self._decoder = msgspec.json.Decoder(document)

    def encode(self, document: D) -> bytes:
        """The document as JSON: equal bytes for equal documents."""
        return _ENCODER.encode(document)

    def decode(self, data: bytes) -> D:
        """The document. Raises msgspec.ValidationError for bytes of a document of another type."""
        return self._decoder.decode(data)
