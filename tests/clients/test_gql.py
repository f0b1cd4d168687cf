"""Python's gql works unmodified: its documents fit our schema, and it continues after a cut."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from gql import Client, GraphQLRequest, gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportClosed, TransportConnectionFailed
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import GraphQLError, build_schema, find_breaking_changes
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from tests.clients.tcp_proxy import run_tcp_proxy
from tests.composed import composed_schema
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import CORE_ONLY, WAIT_MAX_S, Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAFT = gql("query Draft($draft: ID!) { headPosition draft(id: $draft) { title } }")
POST = gql("""
    mutation Post($input: PostCommentInput!) {
      postComment(input: $input) {
        __typename ... on BadValue { code } ... on CommentPosted { position } } }
""")
COMMENTS = gql("""
    subscription Comments($draft: ID!, $after: Position) {
      commentEvents(draft: $draft, after: $after) { position node { body } } }
""")
MISTYPED = gql("query Draft($draft: ID!) { draft(id: $draft) { titel } }")
COMING_BACK = AsyncRetrying(
    retry=retry_if_exception_type((TransportClosed, TransportConnectionFailed)),
    stop=stop_after_delay(WAIT_MAX_S),
    wait=wait_fixed(0.02),
    reraise=True,
)
"""As gql's documentation takes up a subscription again."""


def over_http(url: str, scenario: ForumScenario) -> Client:
    """A session of the commenter over HTTP, which fetches the schema."""
    authorization = {"Authorization": f"Bearer {scenario.commenter.token}"}
    transport = HTTPXAsyncTransport(url, headers=authorization, verify=False)
    return Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=WAIT_MAX_S)


def over_a_socket(url: str, scenario: ForumScenario) -> Client:
    """The same over a WebSocket."""
    transport = WebsocketsTransport(
        url.replace("http", "ws", 1),
        init_payload={"Authorization": f"Bearer {scenario.commenter.token}"},
        # The answer to a complete introspection is larger than a frame may be by default.
        connect_args={"max_size": 4_000_000},
    )
    return Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=WAIT_MAX_S)


@asynccontextmanager
async def a_reconnecting_session(
    url: str, scenario: ForumScenario
) -> AsyncGenerator[AsyncClientSession]:
    """A session over a WebSocket, which gql connects again when it is cut."""
    client: Any = over_a_socket(url, scenario)
    session: AsyncClientSession = await client.connect_async(reconnecting=True)
    try:
        yield session
    finally:
        await client.close_async()


class Watcher:
    """Subscribes to the comments on a draft, again after each cut."""

    def __init__(self, session: AsyncClientSession, draft: str, after: int) -> None:
        self._session = session
        self._draft = draft
        self._after = after
        self._seen: list[str] = []
        self._moved = asyncio.Event()

    async def watch(self) -> None:
        """Subscribe again and again, after the last position."""
        await COMING_BACK(self._watch)

    async def has_seen(self, *bodies: str) -> None:
        """Wait for so many comments, and return them."""
        async with asyncio.timeout(WAIT_MAX_S):
            while len(self._seen) < len(bodies):
                self._moved.clear()
                await self._moved.wait()
        assert self._seen == list(bodies)

    async def _watch(self) -> None:
        variables = {"draft": self._draft, "after": self._after}
        request = GraphQLRequest(COMMENTS, variable_values=variables)
        async for result in self._session.subscribe(request):
            change = result["commentEvents"]
            self._after = change["position"]
            self._seen.append(change["node"]["body"])
            self._moved.set()


async def post(session: AsyncClientSession, draft: str, body: str) -> Any:
    given = {"commandId": str(uuid4()), "draft": draft, "body": body}
    answer = await session.execute(GraphQLRequest(POST, variable_values={"input": given}))
    return answer["postComment"]


async def ask(session: AsyncClientSession, draft: str) -> Any:
    return await session.execute(GraphQLRequest(DRAFT, variable_values={"draft": draft}))


@pytest.mark.parametrize("connect", [over_http, over_a_socket])
async def test_gql_client_validates_its_documents_by_our_schema(
    server: Server, scenario: ForumScenario, connect: Callable[[str, ForumScenario], Client]
) -> None:
    draft = await scenario.publish(await scenario.establish())
    ours = build_schema(composed_schema(CORE_ONLY).as_str())

    client = connect(server.url, scenario)
    async with client as session:
        with pytest.raises(GraphQLError, match="Did you mean 'title'"):
            await session.execute(MISTYPED)
        answer = await ask(session, draft)
        posted = await post(session, draft, "Well said.")

    assert client.schema is not None
    assert find_breaking_changes(ours, client.schema) == []
    assert find_breaking_changes(client.schema, ours) == []
    assert answer["draft"] == {"title": "A draft"}
    assert posted["__typename"] == "CommentPosted"
    assert posted["position"] > answer["headPosition"]


async def test_gql_client_queries_is_refused_and_continues_its_subscription_after_a_cut(
    server: Server, scenario: ForumScenario
) -> None:
    draft = await scenario.publish(await scenario.establish())
    seen: list[str] = []

    async with (
        over_http(server.url, scenario) as http,
        run_tcp_proxy(server.url) as proxy,
        a_reconnecting_session(proxy.url, scenario) as session,
        asyncio.TaskGroup() as tasks,
    ):
        answer = await ask(http, draft)
        refused = await post(http, draft, "")
        watcher = Watcher(session, draft, after=answer["headPosition"])
        watching = tasks.create_task(watcher.watch())
        for number in range(3):
            seen.append(f"{number} live")
            await post(http, draft, seen[-1])
            await watcher.has_seen(*seen)
            proxy.cut()
            seen.append(f"{number} away")
            await post(http, draft, seen[-1])
        await watcher.has_seen(*seen)
        watching.cancel()

    assert answer["draft"] == {"title": "A draft"}
    assert refused == {"__typename": "BadValue", "code": "BAD_VALUE"}
