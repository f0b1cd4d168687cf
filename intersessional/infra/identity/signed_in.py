"""Who asks, as far as a token tells."""

from dataclasses import dataclass
from datetime import datetime

from intersessional.domain.caller import NOBODY, Caller


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who asks, and from when on the token is refused; nobody, when there was no token."""

    caller: Caller = NOBODY
    expires_at: datetime | None = None
