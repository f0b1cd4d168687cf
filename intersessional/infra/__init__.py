"""Where the record meets the world: PostgreSQL, sockets, identity, settings, the command line."""
