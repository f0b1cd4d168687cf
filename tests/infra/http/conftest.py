"""Fixtures of the tests of infra.http."""

from tests.graphql.fixtures import database, server, story, template

__all__ = ["database", "server", "story", "template"]
