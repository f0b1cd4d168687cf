"""Reads the epochs of the log."""

from collections.abc import Iterable

import asyncpg

from intersessional.projections.kernel.epochs import Epoch, Epochs

READ_EPOCHS = "SELECT id, begins_after FROM epochs ORDER BY number"


def epochs_of(rows: Iterable[asyncpg.Record]) -> Epochs:
    """The epochs of the rows of READ_EPOCHS."""
    return Epochs([Epoch(row["id"], row["begins_after"]) for row in rows])
