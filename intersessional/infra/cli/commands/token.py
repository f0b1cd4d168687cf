"""``intersessional token``: prints a bearer token for development."""

from typing import Annotated

import typer

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import Refused
from intersessional.infra.auth import DevelopmentTokenError, development_token
from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.settings import Mode, load_settings

As = Annotated[Role, typer.Argument(case_sensitive=False, help="The role of the token's person.")]
Name = Annotated[str | None, typer.Option(help="The person's name, where several hold the role.")]


def token(role: As, name: Name = None) -> None:
    """Print a bearer token for a role, with INTERSESSIONAL_MODE=development only.

    A running `intersessional demo` on the same data or database accepts it. Servers in production
    accept no such token.
    """
    typer.echo(run(_token(role, name)))


async def _token(role: Role, name: str | None) -> str:
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    if settings.mode is not Mode.DEVELOPMENT:
        raise DevelopmentTokenError(
            "Tokens are handed out in development only: set INTERSESSIONAL_MODE=development."
        )
    # An empty database made in a wrong directory would accept the token; no server would.
    if settings.database_url is None and not settings.data.exists():
        raise DevelopmentTokenError(
            f"There is no data in {settings.data}: start scripts/demo, or name the server's data in"
            " INTERSESSIONAL_DATA or DATABASE_URL."
        )
    async with Backend.open(settings) as backend:
        try:
            issued = await development_token(backend.authenticator, role, name=name)
        except Refused as refused:
            raise DevelopmentTokenError(str(refused)) from refused
        return issued.text
