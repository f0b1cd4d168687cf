"""What the tests of the API can ask for."""

from tests.graphql.fixtures import database, scenario, server, template

__all__ = ["database", "scenario", "server", "template"]
