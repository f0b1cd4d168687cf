"""Who asks: bearer tokens become persons, and persons are pseudonyms. Roles are in the record."""

from intersessional.infra.identity.development_token import DevelopmentToken, development_token
from intersessional.infra.identity.identity import Identity, open_identity
from intersessional.infra.identity.refused import (
    DevelopmentRefused,
    IssuerUnavailable,
    RevocationRefused,
    TokenExpired,
    TokenRefused,
    TokenRevoked,
)
from intersessional.infra.identity.revocations import Revocations
from intersessional.infra.identity.schema import IDENTITY
from intersessional.infra.identity.signed_in import SignedIn

__all__ = [
    "IDENTITY",
    "DevelopmentRefused",
    "DevelopmentToken",
    "Identity",
    "IssuerUnavailable",
    "RevocationRefused",
    "Revocations",
    "SignedIn",
    "TokenExpired",
    "TokenRefused",
    "TokenRevoked",
    "development_token",
    "open_identity",
]
