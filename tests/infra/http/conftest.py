"""What the tests of the web can ask for."""

from tests.graphql.fixtures import database, server, story, template

__all__ = ["database", "server", "story", "template"]
