"""Fixtures of the tests of the traces."""

from tests.graphql.fixtures import database, scenario, server, template

__all__ = ["database", "scenario", "server", "template"]
