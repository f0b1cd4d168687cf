"""``pg_hba.conf``: who may connect over the socket, which only the server's user and root reach."""

import os
from contextlib import suppress
from pathlib import Path

_FILE = "pg_hba.conf"
_NEW = "pg_hba.conf.new"

# The owner migrates, the nodes' login appends; another role has the password that it was given.
RULES = """\
# Written at each start of the server.
local replication postgres            trust
local all         postgres            trust
local all         intersessional_node trust
local all         all                 scram-sha-256
"""


def write_rules(data: Path) -> None:
    """Write the rules into the data directory, also of one that an earlier version has made.

    Its owner is another user where this process is root's: no link in it is followed.
    """
    directory = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        owner = os.fstat(directory)
        with suppress(FileNotFoundError):
            os.unlink(_NEW, dir_fd=directory)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(_NEW, flags, 0o600, dir_fd=directory)
        try:
            os.write(file, RULES.encode())
            if os.geteuid() == 0:
                os.fchown(file, owner.st_uid, owner.st_gid)
        finally:
            os.close(file)
        os.rename(_NEW, _FILE, src_dir_fd=directory, dst_dir_fd=directory)
    finally:
        os.close(directory)
