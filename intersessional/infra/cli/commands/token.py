"""intersessional token: a bearer token, to try things out with."""

from typing import Annotated

import typer

from intersessional.domain.kernel.act import Role

As = Annotated[Role, typer.Argument(case_sensitive=False, help="In what capacity it lets one act.")]
Name = Annotated[str | None, typer.Option(help="Whose it is, where several people have the role.")]


def token(role: As, name: Name = None) -> None:
    """Print a bearer token for a role, where the record is one for development.

    That is beside a running `intersessional demo` on the same data or database, and with
    INTERSESSIONAL_MODE=development. Servers in production accept no such token.
    """
    from intersessional.infra.cli.event_loop import run

    typer.echo(run(_token(role, name)))


async def _token(role: Role, name: str | None) -> str:
    from intersessional.domain.kernel.refusals import Refused
    from intersessional.infra.auth import DevelopmentTokenError, development_token
    from intersessional.infra.backend import Backend
    from intersessional.infra.development import development_settings
    from intersessional.infra.logging_setup import log_to_stderr

    log_to_stderr()
    async with development_settings() as settings, Backend.open(settings) as backend:
        try:
            token = await development_token(backend.identity, role, name=name)
        except Refused as refused:
            raise DevelopmentTokenError(str(refused)) from refused
        return token.text
