"""Fixtures of the tests of subscriptions."""

from tests.graphql.fixtures import database, scenario, server, template
from tests.graphql.subscriptions.fixtures import any_node, node, nodes

__all__ = ["any_node", "database", "node", "nodes", "scenario", "server", "template"]
