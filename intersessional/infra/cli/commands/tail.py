"""``intersessional tail``: prints the events of a server as they are recorded."""

from typing import Annotated

import orjson
import typer

from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.client.audit_trail import Entry, follow
from intersessional.infra.client.client_socket import socket_url
from intersessional.infra.http.server.listener import url_at
from intersessional.infra.settings import load_settings

Url = Annotated[
    str | None,
    typer.Argument(help="The API of the server; else the one at INTERSESSIONAL_HOST and PORT."),
]
After = Annotated[
    int | None,
    typer.Option(min=0, help="Begin after this position, else with the next event."),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print each event as one line of JSON, with all its fields.")
]


def tail(url: Url = None, after: After = None, json: Json = False) -> None:
    """Follow the audit trail of a running server, across restarts and lost connections."""
    run(_tail(url, after, json))


async def _tail(url: str | None, after: int | None, json: bool) -> None:
    async for entry in follow(socket_url(url or _local_url()), after, print_note):
        typer.echo(orjson.dumps(entry).decode() if json else line(entry))


def _local_url() -> str:
    settings = load_settings()
    return url_at(settings.host, settings.port)


def line(entry: Entry) -> str:
    """An event as one readable line, without the unprintable characters that steer terminals."""
    at = entry["recordedAt"].replace("T", " ")[:19]
    person: Entry = entry["person"] or {}
    provenance: Entry = entry["provenance"] or {}
    words = (entry["role"], person.get("displayName"), provenance.get("ground"))
    actor = ", ".join(word for word in words if word and word != "LIVE")
    text = f"{entry['position']:>6}  {at}Z  {entry['name']}: {entry['summary']}"
    text += f"  ({actor})" if actor else ""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
