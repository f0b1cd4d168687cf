"""HTTP client of the API, for tests."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID, uuid4

import httpx

Json = Any

DONE = "position commandId repeated"


def plain_http(headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    """HTTP without TLS, for which no certificates need to be read each time."""
    return httpx.AsyncClient(headers=headers, timeout=30, verify=False)


class Client:
    """A client with a person's token; tests write the operations themselves."""

    def __init__(self, url: str, *, token: str | None = None, person: UUID | None = None) -> None:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self.url = url
        self.token = token
        self.person = person
        self.http = plain_http(headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def post(self, query: str, **variables: Json) -> httpx.Response:
        """The server's response to an operation."""
        return await self.http.post(self.url, json={"query": query, "variables": variables})

    async def answer(self, query: str, **variables: Json) -> Json:
        """The response's JSON, with any errors."""
        return (await self.post(query, **variables)).json()

    async def ask(self, query: str, **variables: Json) -> Json:
        """The data of a response without errors."""
        answer = await self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def codes(self, query: str, **variables: Json) -> list[str]:
        """The codes of a response's errors."""
        answer = await self.answer(query, **variables)
        return [error["extensions"]["code"] for error in answer.get("errors", ())]

    async def send(
        self,
        name: str,
        fields: Mapping[str, Json],
        selection: str = DONE,
        refusals: str = "",
    ) -> Json:
        """Send a command; returns its payload or refusal.

        The selection is made on the payload, whatever its type; a refusal comes with its
        code, its message, and the facts that the fragments in ``refusals`` select.
        """
        kind = name[0].upper() + name[1:]
        query = f"""
            mutation Command($input: {kind}Input!) {{
              answer: {name}(input: $input) {{
                __typename
                ... on CommandPayload {{ {selection} }}
                ... on Refusal {{ code message }}
                {refusals}
              }}
            }}
        """
        command_input = {"commandId": str(uuid4()), **fields}
        data = await self.ask(query, input=command_input)
        return data["answer"]

    async def do(self, name: str, selection: str = DONE, /, **fields: Json) -> Json:
        """Send a command that is not refused."""
        answer = await self.send(name, fields, selection)
        assert "code" not in answer, answer
        return answer
