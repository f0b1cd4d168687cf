"""Documents as bytes, and back."""

from typing import Generic, TypeVar

import msgspec

D = TypeVar("D")

_ENCODER = msgspec.json.Encoder()


class DocumentCodec(Generic[D]):
    """Writes and reads the documents of one type as JSON.

    The bytes are stored as they are: jsonb would be taken apart and put together again each time.
    Sealed texts are in them as commitments only, so an erasure never concerns them.
    """

    def __init__(self, document: type[D]) -> None:
        """Raises TypeError for a type whose values could not be read back."""
        self._decoder = msgspec.json.Decoder(document)

    def encode(self, document: D) -> bytes:
        """The document in bytes, equal for equal documents."""
        return _ENCODER.encode(document)

    def decode(self, data: bytes) -> D:
        """The document. Raises msgspec.ValidationError when it was written with another shape."""
        return self._decoder.decode(data)
