"""Someone who asks over HTTP."""

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
    """A thin client: what goes over the wire is in the test."""

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
        """What the server answers to a query."""
        return await self.http.post(self.url, json={"query": query, "variables": variables})

    async def answer(self, query: str, **variables: Json) -> Json:
        """The answer's JSON, with whatever errors it has."""
        return (await self.post(query, **variables)).json()

    async def ask(self, query: str, **variables: Json) -> Json:
        """The data of an answer that has no errors."""
        answer = await self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def codes(self, query: str, **variables: Json) -> list[str]:
        """The codes of an answer's errors."""
        answer = await self.answer(query, **variables)
        return [error["extensions"]["code"] for error in answer.get("errors", ())]

    async def send(
        self,
        name: str,
        fields: Mapping[str, Json],
        selection: str = DONE,
        refusals: str = "",
    ) -> Json:
        """Send a command; answers its outcome or refusal.

        The selection is made on the outcome, whatever it is called; a refusal comes with its
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
        given = {"commandId": str(uuid4()), **fields}
        data = await self.ask(query, input=given)
        return data["answer"]

    async def do(self, name: str, selection: str = DONE, /, **fields: Json) -> Json:
        """Send a command that is not refused."""
        answer = await self.send(name, fields, selection)
        assert "code" not in answer, answer
        return answer
