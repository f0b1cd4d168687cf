"""Authentication: bearer tokens (RFC 6750) become principals; roles come from the events."""

from intersessional.infra.auth.authenticator import Authenticator, open_authenticator
from intersessional.infra.auth.development.development_sign_in import (
    ROLE_NAMES,
    development_sign_in,
)
from intersessional.infra.auth.development.development_token import (
    DevelopmentToken,
    development_token,
)
from intersessional.infra.auth.errors import (
    DevelopmentTokenError,
    InvalidToken,
    IssuerUnavailable,
    RevocationError,
    SignInRefused,
    TokenExpired,
    TokenRevoked,
)
from intersessional.infra.auth.migrations import AUTH_SCRIPTS
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.revocations import Revocations
from intersessional.infra.auth.session_issuer import SessionToken

__all__ = [
    "AUTH_SCRIPTS",
    "ROLE_NAMES",
    "Authenticator",
    "DevelopmentToken",
    "DevelopmentTokenError",
    "InvalidToken",
    "IssuerUnavailable",
    "Principal",
    "RevocationError",
    "Revocations",
    "SessionToken",
    "SignInRefused",
    "TokenExpired",
    "TokenRevoked",
    "development_sign_in",
    "development_token",
    "open_authenticator",
]
