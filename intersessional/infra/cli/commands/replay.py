"""intersessional replay: is everything that is served what the record says?"""

from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from intersessional.errors import OperatorError

if TYPE_CHECKING:
    from intersessional.infra.read_models.replay.replay import Replay


class ReplayDiffers(OperatorError):
    """What is stored is not what the record makes of it."""


def replay() -> None:
    """Recompute every hash, fold the whole record again, and compare it with every view.

    Ends with 1 where anything differs, and says at which positions.
    """
    from intersessional.infra.cli.event_loop import run

    replayed = run(_replay())
    _print(replayed)
    if not replayed.agrees:
        raise typer.Exit(1)


async def _replay() -> "Replay":
    from rich.console import Console
    from rich.progress import Progress

    from intersessional.infra.backend import Backend
    from intersessional.infra.cli.output import print_note
    from intersessional.infra.event_store.verification import ChainBroken, verify_chain
    from intersessional.infra.logging_setup import log_to_stderr
    from intersessional.infra.read_models.replay.replay import replay as fold_again
    from intersessional.infra.settings import load_settings
    from intersessional.projections.kernel.view_errors import ViewsStopped

    log_to_stderr()
    async with Backend.open(load_settings(), progress=print_note) as backend:
        try:
            head = await verify_chain(backend.log)
        except ChainBroken as broken:
            raise ReplayDiffers(f"The record is not what its hashes say: {broken}.") from broken
        typer.echo(f"{head.position} events: every hash is that of the bytes that are stored.")
        # A view that has stopped is compared as far as it is folded.
        with suppress(ViewsStopped):
            await backend.reader.reached(head.position)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Folding the record again", total=head.position)
            return await fold_again(
                backend.pool,
                log=backend.log,
                codec=backend.codec,
                views=backend.composition.views,
                on_progress=lambda position, last: bar.update(task, completed=position, total=last),
            )


def _print(replayed: "Replay") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Column, Table

    views = Table(Column("view", no_wrap=True), box=SIMPLE_HEAD)
    for header in ("version", "up to", "events", "documents", "states"):
        views.add_column(header, justify="right")
    views.add_column("differences")
    for view in replayed.views:
        counts = (view.version, view.position, view.events, view.documents, view.states)
        told = [str(len(view.differences)) if view.differences else "none"]
        if view.stopped_at is not None:
            told.append(f"stopped at {view.stopped_at}: {view.reason}")
        views.add_row(view.view, *map(str, counts), "; ".join(told))
    for name in replayed.unbuilt:
        views.add_row(name, *[""] * 5, "not built yet")
    place = Column("position", justify="right")
    wrong = Table(place, "view", "document", "what is wrong", box=SIMPLE_HEAD)
    for view in replayed.views:
        for one in view.differences:
            said = one.finding.value + (f": {one.detail}" if one.detail else "")
            wrong.add_row(str(one.position), view.view, str(one.key or ""), said)
    console = Console(markup=False, highlight=False)
    console.print(views)
    if wrong.rows:
        console.print(wrong)
