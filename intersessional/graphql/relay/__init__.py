"""Relay's conventions: nodes, connections, ids."""
