"""Everything that does I/O: PostgreSQL, sockets, authentication, settings, the command line."""
