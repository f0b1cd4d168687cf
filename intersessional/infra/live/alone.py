"""An operation that nobody can share: an execution of its own, on the same wire."""

import logging
from contextlib import aclosing

from graphql import GraphQLError

from intersessional.infra.live.sink import Sink
from intersessional.infra.live.watched import Watched
from intersessional.infra.web.operation import fault_body
from intersessional.infra.web.requests import RequestRefused

logger = logging.getLogger(__name__)


async def watch_alone(watched: Watched, sink: Sink, after: int) -> None:
    """Execute for one watcher until cancelled, at its own pace; a fault is told to it."""
    try:
        async with aclosing(watched.payloads(after)) as payloads:
            async for payload in payloads:
                sink.next(payload)
                await sink.room()
    except RequestRefused as refused:
        sink.failed(refused.body)
    except GraphQLError as error:
        sink.failed(RequestRefused(error).body)
    except Exception as fault:
        # It is one watcher's; everyone else goes on.
        logger.exception("an operation that is watched alone ends")
        sink.failed(fault_body(fault))
