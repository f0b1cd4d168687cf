"""Processes that tests look for."""

import psutil


def children(of: psutil.Process, word: str) -> list[psutil.Process]:
    """The living descendants of a process that have this word on their command line."""
    return [child for child in of.children(recursive=True) if word in words(child)]


def words(process: psutil.Process) -> list[str]:
    """The command line of a process; none once it has ended."""
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        # It ended while we looked, or its end was not heard of yet.
        return []
