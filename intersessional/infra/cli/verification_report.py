"""Prints what a verification has found."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from intersessional.infra.verification.verification import Verification


def print_verification(verification: Verification) -> None:
    """Print how many events there are, and each discrepancy with its position."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    last = verification.head.position
    if verification.unknown:
        console.print(
            f"{verification.unknown} events are of kinds that this version does not know:"
            " what follows from them is not checked."
        )
    if not verification.count:
        console.print(
            f"{last} events: every hash is that of the bytes that are stored,"
            " and everything beside them is what they give."
        )
        return
    console.print(f"{last} events. What is stored differs in {verification.count} places:")
    found = Table(Column("position", justify="right"), "table", "what is wrong", box=SIMPLE_HEAD)
    for one in verification.discrepancies:
        found.add_row("" if one.position is None else str(one.position), one.table, one.sentence)
    console.print(found)
    if verification.count > len(verification.discrepancies):
        console.print(f"The first {len(verification.discrepancies)} are shown.")
