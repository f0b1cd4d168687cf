"""Subscribers, as the scopes of their connections tell of them."""

from collections.abc import Hashable, MutableMapping
from typing import Any

from intersessional.graphql.subscriptions.subscriber import Subscriber
from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.sender import Sender


def subscriber_of(
    scope: MutableMapping[str, Any], sender: Sender, connection: Hashable
) -> Subscriber:
    """Who subscribes on a connection: shares are counted by its address, or by its person."""
    return Subscriber(
        connection=connection,
        address=limit_key_of(scope),
        person=sender.caller.person,
        payer=sender.account,
    )
