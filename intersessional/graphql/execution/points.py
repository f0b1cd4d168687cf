"""What requests cost, in points of some 10 µs of processor time."""

REQUEST = 20
"""Any request: reading it, and answering."""
MUTATION = 150
"""A command: the rules, the append and the views."""
_REQUEST_BYTES = 100
_ESCAPES = 20
_DOCUMENT_CHARACTERS = 2
_ANSWER_BYTES = 500
_POSITIONS = 10
_HTML_CHARACTERS = 60
_DECOMPRESSED_BYTES = 4_000


def of_bytes(received: int) -> int:
    """Reading so many bytes of a request."""
    return received // _REQUEST_BYTES


def of_escapes(count: int) -> int:
    """Reading so many escaped bytes of a form (``%41``)."""
    return count // _ESCAPES


def of_new_document(characters: int) -> int:
    """Parsing and validating a document that was not seen before."""
    return characters // _DOCUMENT_CHARACTERS


def of_answer(size_bytes: int) -> int:
    """Encoding and writing an answer of this size."""
    return size_bytes // _ANSWER_BYTES


def of_catching_up(positions: int) -> int:
    """Reading so many positions of the past."""
    return positions // _POSITIONS


def of_rendering(characters: int) -> int:
    """Rendering and compressing so much HTML."""
    return characters // _HTML_CHARACTERS


def of_decompressing(size_bytes: int) -> int:
    """Decompressing a page of this size."""
    return size_bytes // _DECOMPRESSED_BYTES
