"""The standard streams, some of which may have been closed by whoever started the programme."""

import os

LAST = 2
"""The descriptor of the standard error; the other streams have those before it."""


def open_closed_streams() -> None:
    """Lead every closed one nowhere: else the next socket would stand in its place.

    A process that is started from here takes them over as they are.
    """
    while (opened := os.open(os.devnull, os.O_RDWR)) <= LAST:
        os.set_inheritable(opened, True)
    os.close(opened)
