"""Fixtures of the tests of subscriptions."""

from tests.graphql.fixtures import database, server, story, template
from tests.graphql.subscriptions.fixtures import any_node, node, nodes

__all__ = ["any_node", "database", "node", "nodes", "server", "story", "template"]
