"""Runs a PostgreSQL server in a data directory, shared by all processes that use it.

A process that uses the server holds a lease: a shared flock, which the kernel releases when the
process ends. A supervisor, a small process of its own, runs the server as its child and waits for
the same lock exclusively; it gets the lock when the last lease has ended, and then stops the
server. No count of users and no process id has to be trusted, and a killed process leaves nothing
behind.

This package itself imports nothing: the supervisor needs no asyncio, and starts sooner.
"""
