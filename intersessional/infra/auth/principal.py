"""The authenticated sender of a request."""

from dataclasses import dataclass, field
from datetime import datetime

from intersessional.domain.kernel.caller import ANONYMOUS, Caller


@dataclass(frozen=True, kw_only=True)
class Principal:
    """The caller, and the token that proves it; without a token the caller is ANONYMOUS."""

    caller: Caller = ANONYMOUS
    token: bytes | None = field(default=None, repr=False)
    """The digest of the token."""
    issued_at: datetime | None = None
    """When the token was issued (``iat``); None when it has no such claim."""
    expires_at: datetime | None = None
