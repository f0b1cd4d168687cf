"""Fixtures of the tests of infra.sse."""

from tests.graphql.fixtures import database, server, story, template

__all__ = ["database", "server", "story", "template"]
