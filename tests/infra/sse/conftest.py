"""Fixtures of the tests of infra.sse."""

from tests.graphql.fixtures import database, scenario, server, template

__all__ = ["database", "scenario", "server", "template"]
