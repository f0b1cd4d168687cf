"""What the tests of clients can ask for."""

from tests.graphql.fixtures import database, scenario, server, template

__all__ = ["database", "scenario", "server", "template"]
