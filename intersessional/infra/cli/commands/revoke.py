"""``intersessional revoke``: signs a person out everywhere, or revokes one token."""

from typing import Annotated
from uuid import UUID

import typer

from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.settings import load_settings

Person = Annotated[
    UUID | None,
    typer.Argument(metavar="[PERSON]", help="The participant id of the person to sign out."),
]
OneToken = Annotated[
    bool,
    typer.Option("--token", help="Read one bearer token from standard input, and revoke only it."),
]


def revoke(person: Person = None, token: OneToken = False) -> None:
    """Revoke all tokens of a person, or one token: on every node, open sockets included.

    A person who can still sign in with the issuer gets a new token.
    """
    if (person is None) is not token:
        raise typer.BadParameter("Name either a PERSON or --token.")
    text = typer.get_text_stream("stdin").read().strip() if token else None
    run(_revoke(person, text))
    typer.echo("Signed out.")


async def _revoke(person: UUID | None, token: str | None) -> None:
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    async with Backend.open(settings, progress=print_note) as backend:
        if person is not None:
            await backend.authenticator.sign_out(person)
        if token is not None:
            await backend.authenticator.revoke(token)
