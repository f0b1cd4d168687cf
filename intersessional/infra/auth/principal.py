"""Who asks, as far as a token tells."""

from dataclasses import dataclass, field
from datetime import datetime

from intersessional.domain.kernel.caller import NOBODY, Caller


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Who asks, and from when on the token is refused; nobody, when there was no token."""

    caller: Caller = NOBODY
    token: bytes | None = field(default=None, repr=False)
    """The digest that names the token."""
    issued_at: datetime | None = None
    """Since when they are signed in, where the token says so."""
    expires_at: datetime | None = None
