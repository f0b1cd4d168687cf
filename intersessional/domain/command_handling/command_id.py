"""Command ids within their senders' own: two senders with the same id do not meet."""

from hashlib import sha256
from uuid import UUID

PREFIX_BYTES = 6
_VERSION, _VARIANT = 8, 0b10


def id_within_sender(sender: UUID, sent: UUID) -> UUID:
    """The id under which a command is recorded that a sender's client gave the id ``sent``.

    A UUID of version 8 (RFC 9562 §5.8): the first 6 bytes of the SHA-256 of the id, by which nodes
    of the version before find it, and 74 bits of that of the sender and the id. So no client can
    name the id of another's command, or one that the server has made.
    """
    own = sha256(sender.bytes + sent.bytes).digest()[PREFIX_BYTES:16]
    value = int.from_bytes(sha256(sent.bytes).digest()[:PREFIX_BYTES] + own)
    value = value & ~(0xF << 76) | _VERSION << 76
    return UUID(int=value & ~(0b11 << 62) | _VARIANT << 62)


def may_be_within_a_sender(recorded: UUID, sent: UUID) -> bool:
    """Whether a recorded id can be that of a client's id, of a sender who is not known here."""
    prefix = sha256(sent.bytes).digest()[:PREFIX_BYTES]
    return recorded.version == _VERSION and recorded.bytes.startswith(prefix)
