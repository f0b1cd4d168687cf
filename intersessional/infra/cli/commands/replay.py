"""``intersessional replay``: checks that every stored view is what the event log gives."""

from contextlib import suppress

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from intersessional.errors import OperatorError
from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.event_store.verification import ChainBroken, verify_chain
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.read_models.replay.replay import Replay, ViewReplay, replay_views
from intersessional.infra.settings import load_settings
from intersessional.projections.kernel.view_errors import ViewsStopped

STATEMENT_S_MAX = 3600.0
"""A statement over all lists of a large record takes longer than any of a request."""


class ReplayDiffers(OperatorError):
    """The stored events do not match the hashes that are stored with them."""


def replay() -> None:
    """Recompute every hash, fold the whole record again, and compare it with every view.

    Exits with 1 where anything differs, and prints the positions.
    """
    replayed = run(_replay())
    _print(replayed)
    if not replayed.agrees:
        raise typer.Exit(1)


async def _replay() -> Replay:
    log_to_stderr()
    async with Backend.open(
        load_settings(), progress=print_note, command_timeout_s=STATEMENT_S_MAX
    ) as backend:
        try:
            head = await verify_chain(backend.log)
        except ChainBroken as broken:
            raise ReplayDiffers(f"The record does not match its hashes: {broken}.") from broken
        typer.echo(f"{head.position} events: every hash is that of the bytes that are stored.")
        # A view that has stopped is compared as far as it is folded.
        with suppress(ViewsStopped):
            await backend.reader.wait_until_reached(head.position)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Folding the record again", total=head.position)
            return await replay_views(
                backend.pool,
                log=backend.log,
                codec=backend.codec,
                views=backend.composition.views,
                on_progress=lambda position, last: bar.update(task, completed=position, total=last),
            )


def _print(replayed: Replay) -> None:
    views = Table(Column("view", no_wrap=True), box=SIMPLE_HEAD, pad_edge=False)
    for header in ("version", "up to", "events", "documents", "states"):
        views.add_column(header, justify="right")
    views.add_column("differences")
    for view in replayed.views:
        counts = (view.version, view.position, view.events, view.documents, view.states)
        views.add_row(view.view, *map(str, counts), _summary(view))
    for name in replayed.unbuilt:
        views.add_row(name, *[""] * 5, "not built yet")
    position = Column("position", justify="right")
    differences = Table(position, "view", "document", "what is wrong", box=SIMPLE_HEAD)
    for view in replayed.views:
        for one in view.differences:
            finding = one.finding.value + (f": {one.detail}" if one.detail else "")
            differences.add_row(str(one.position), view.view, str(one.key or ""), finding)
    console = Console(markup=False, highlight=False)
    console.print(views)
    if differences.rows:
        console.print(differences)


def _summary(view: ViewReplay) -> str:
    count = str(len(view.differences)) if view.differences else "none"
    if view.stopped_at is None:
        return count
    return f"{count}; stopped at {view.stopped_at}: {view.reason}"
