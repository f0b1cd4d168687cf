"""Processes that tests look for."""

import psutil


def children(of: psutil.Process) -> list[psutil.Process]:
    """The living children of a process."""
    return [child for child in of.children() if words(child)]


def words(process: psutil.Process) -> list[str]:
    """The command line of a process; none once it has ended."""
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        # It ended while we looked, or its end was not heard of yet.
        return []
