"""intersessional tail: what is recorded, as it is recorded."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from intersessional.infra.client.audit_trail import Entry

Url = Annotated[
    str | None,
    typer.Argument(help="The API of the server; else the one at INTERSESSIONAL_HOST and PORT."),
]
After = Annotated[
    int | None, typer.Option(min=0, help="Begin after this position, else with what is to come.")
]
Json = Annotated[bool, typer.Option("--json", help="Print each event whole, as a line of JSON.")]


def tail(url: Url = None, after: After = None, json: Json = False) -> None:
    """Follow the audit trail of a running server, across restarts and lost connections."""
    from intersessional.infra.cli.event_loop import run

    run(_tail(url, after, json))


async def _tail(url: str | None, after: int | None, json: bool) -> None:
    import orjson

    from intersessional.infra.cli.output import print_note
    from intersessional.infra.client.audit_trail import follow
    from intersessional.infra.client.socket import socket_url

    async for entry in follow(socket_url(url or _here()), after, print_note):
        typer.echo(orjson.dumps(entry).decode() if json else line(entry))


def _here() -> str:
    from intersessional.infra.http.server.listener import url_at
    from intersessional.infra.settings import load_settings

    settings = load_settings()
    return url_at(settings.host, settings.port)


def line(entry: "Entry") -> str:
    """An event in one readable line; what people wrote cannot steer the terminal."""
    at = entry["recordedAt"].replace("T", " ")[:19]
    person: Entry = entry["person"] or {}
    provenance: Entry = entry["provenance"] or {}
    told = (entry["role"], person.get("displayName"), provenance.get("ground"))
    who = ", ".join(word for word in told if word and word != "LIVE")
    text = f"{entry['position']:>6}  {at}Z  {entry['name']}: {entry['summary']}"
    text += f"  ({who})" if who else ""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
