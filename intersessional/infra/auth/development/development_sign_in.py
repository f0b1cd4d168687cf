"""Signing in at the page in development: anybody as anyone."""

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import Refused
from intersessional.infra.auth.authenticator import Authenticator
from intersessional.infra.auth.development.development_token import (
    DEVELOPMENT_ROLES,
    DevelopmentPerson,
    development_person,
)
from intersessional.infra.auth.errors import SignInRefused

ROLE_NAMES = tuple(role.value for role in DEVELOPMENT_ROLES)


async def development_sign_in(
    authenticator: Authenticator, role_name: str, name: str
) -> DevelopmentPerson:
    """The person with a role and a name, which may be empty. Raises SignInRefused."""
    if role_name not in ROLE_NAMES:
        raise SignInRefused("No person has this role.")
    try:
        return await development_person(authenticator, Role(role_name), name.strip() or None)
    except Refused as refused:
        raise SignInRefused(str(refused)) from None
