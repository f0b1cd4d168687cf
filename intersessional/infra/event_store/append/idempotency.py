"""What the record knows of a command: its first outcome, and how to tell whether it is a repeat."""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Any, NamedTuple

from msgspec.structs import replace

from intersessional.infra.event_store.entries import Receipt


class RecordedCommand(NamedTuple):
    """A command that is recorded. The digest of its body is salted."""

    receipt: Receipt
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "RecordedCommand":
        """From a row of ``commands``."""
        receipt = Receipt(
            command_id=row["command_id"],
            subject=row["subject"],
            first=row["first"],
            last=row["last"],
            recorded_at=row["recorded_at"],
            repeated=False,
        )
        return cls(receipt, row["salt"], row["digest"])

    def repeated(self, body: bytes, salt: bytes | None = None) -> Receipt | None:
        """The first outcome, if the body is the same. With the same salt it is no repeat but the
        very append, found again after its answer was lost.
        """
        if not compare_digest(body_digest(self.salt, body), self.digest):
            return None
        if self.salt == salt:
            return self.receipt
        return replace(self.receipt, repeated=True)


def body_digest(salt: bytes, body: bytes) -> bytes:
    """What is kept of a command's body. Salts have one length, so nobody moves the seam."""
    return sha256(salt + body).digest()
