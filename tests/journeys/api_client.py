"""The API of a running server, as a client in another language would use it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.recorded import Recorded

POST_COMMENT = """
mutation ($input: PostCommentInput!) { postComment(input: $input) { __typename
  ... on CommentPosted { position repeated comment { id body } }
  ... on Refusal { code message } } }
"""
HEAD = "{ headPosition }"


@dataclass(frozen=True)
class Api:
    """A signed-in client of the API."""

    client: httpx.AsyncClient
    url: str
    draft: UUID

    async def ask(self, query: str, **variables: Any) -> Mapping[str, Any]:
        """The data of a response; errors fail the test."""
        body = {"query": query, "variables": variables}
        response = await self.client.post(self.url, json=body)
        answer = response.json()
        assert "errors" not in answer, answer
        data: Mapping[str, Any] = answer["data"]
        return data

    async def comment(self, body: str, command_id: UUID | None = None) -> Mapping[str, Any]:
        """Post a comment; returns the payload."""
        command = {"commandId": str(command_id or uuid4()), "draft": str(self.draft), "body": body}
        answer = await self.ask(POST_COMMENT, input=command)
        posted: Mapping[str, Any] = answer["postComment"]
        assert posted["__typename"] == "CommentPosted", posted
        return posted


@asynccontextmanager
async def signed_in(url: str, recorded: Recorded) -> AsyncGenerator[Api]:
    """The commenter of the record, at the server at this address."""
    headers = {"Authorization": f"Bearer {recorded.token}"}
    async with httpx.AsyncClient(headers=headers, timeout=30, trust_env=False) as client:
        yield Api(client, url, recorded.draft)
