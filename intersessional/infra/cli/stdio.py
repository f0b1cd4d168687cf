"""Opens standard streams that are closed when the process starts."""

import os

STDERR = 2
"""File descriptor of standard error, the last of the three."""


def open_closed_streams() -> None:
    """Open /dev/null in place of each closed standard stream, else a socket would get its number.

    Child processes inherit them.
    """
    while (opened := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        os.set_inheritable(opened, True)
    os.close(opened)
