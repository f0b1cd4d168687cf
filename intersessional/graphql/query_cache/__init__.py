"""A cache of query results, valid until an event concerns a view that they were read from."""
