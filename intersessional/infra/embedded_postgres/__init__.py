"""A PostgreSQL server that starts by itself, for whoever has none.

Whoever needs it holds a lease: a shared lock on a file, which the kernel takes back from a process
that ends in any way. A keeper, a small process of its own, runs the server as its child and waits
for the same lock exclusively; it gets it when the last lease is gone, and then stops the server.
So nobody counts users or trusts process ids, and a killed owner leaves nothing behind.
"""

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.lease import embedded_postgres

__all__ = ["EmbeddedPostgresError", "embedded_postgres"]
