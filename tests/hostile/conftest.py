"""Fixtures of the attack list."""

from tests.graphql.fixtures import database, scenario, server, template

__all__ = ["database", "scenario", "server", "template"]
