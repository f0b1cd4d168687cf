"""``intersessional replay``: checks that every stored view is what the event log gives."""

from collections.abc import Callable
from contextlib import suppress

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from intersessional.infra.backend import SCRIPTS, Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.cli.verification_report import print_verification
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.postgres.database import DatabaseUrls, database
from intersessional.infra.postgres.login import connect_as_owner
from intersessional.infra.read_models.replay.replay import Replay, ViewReplay, replay_views
from intersessional.infra.settings import load_settings
from intersessional.infra.verification.verification import Verification, verify_record
from intersessional.projections.kernel.view_errors import ViewBehind

STATEMENT_S_MAX = 3600.0
"""A statement over all lists of a large record takes longer than any of a request."""


def replay() -> None:
    """Check every table of the record, fold it again, and compare it with every view.

    Exits with 1 where anything differs or a view has stopped, and prints the positions.
    """
    verification, replayed = run(_replay())
    print_verification(verification)
    _print_views(replayed)
    if verification.count or not replayed.agrees:
        raise typer.Exit(1)


async def _replay() -> tuple[Verification, Replay]:
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Checking the record", total=None)

        def on_progress(position: int, last: int) -> None:
            bar.update(task, completed=position, total=last)

        async with (
            database(settings, print_note) as urls,
            # Who checks a record adds nothing to it, and a damaged one stops every task.
            Backend.open(
                settings,
                progress=print_note,
                command_timeout_s=STATEMENT_S_MAX,
                runs_tasks=False,
            ) as backend,
        ):
            verification = await _verify(urls, backend, on_progress)
            bar.update(task, description="Waiting for the views")
            await _wait_until_built(backend, verification)
            bar.update(task, description="Folding the record again")
            return verification, await replay_views(
                backend.pool,
                log=backend.log,
                codec=backend.codec,
                views=backend.composition.views,
                on_progress=on_progress,
            )


async def _verify(
    urls: DatabaseUrls, backend: Backend, on_progress: Callable[[int, int], None]
) -> Verification:
    connection = await connect_as_owner(urls)
    try:
        return await verify_record(
            connection,
            codec=backend.codec,
            questions=backend.composition.questions,
            parts=SCRIPTS,
            on_progress=on_progress,
        )
    finally:
        await connection.close()


async def _wait_until_built(backend: Backend, verification: Verification) -> None:
    """Wait until each view has reached the last event in the version that is compared.

    A view that has stopped is compared as far as it is folded; no view goes past an event of a
    later version.
    """
    last, later = verification.last, verification.first_later
    for view in backend.composition.views:
        with suppress(ViewBehind):
            await backend.reader.wait_until_view_reached(
                view, last if later is None else min(last, later - 1)
            )


def _print_views(replayed: Replay) -> None:
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
    for view in replayed.views:
        if view.stopped_at is not None:
            console.print(
                f"The view {view.view} has stopped at {view.stopped_at}, an event that it cannot"
                f" fold, and shows nothing later: {view.reason}"
            )
    for table in replayed.strays:
        console.print(f"{table} holds rows of no version of a view: nobody reads them.")


def _summary(view: ViewReplay) -> str:
    return str(len(view.differences)) if view.differences else "none"
