"""Who holds a role at an instant, and that one person is Chair at a time on all nodes."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOLDERS = """query ($role: Role!, $at: DateTime, $first: Int! = 20, $after: String) {
    roleHolders(role: $role, at: $at, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { participant { id displayName } since { at } until { at } certain } } }"""
GRANTED = "... on RoleGranted { participant { id } }"
HELD = "... on RoleHeld { holder role since until }"


async def registered(operator: Client, name: str) -> str:
    done = await operator.do(
        "registerParticipant",
        "... on ParticipantRegistered { participant { id } }",
        displayName=name,
        occurred="2000",
    )
    return str(done["participant"]["id"])


async def holders(client: Client, **variables: Any) -> list[Mapping[str, Any]]:
    answer = (await client.ask(HOLDERS, **variables))["roleHolders"]
    assert answer["totalCount"] == len(answer["nodes"])
    nodes: list[Mapping[str, Any]] = answer["nodes"]
    return nodes


async def test_holders_of_a_role_are_those_of_the_instant_and_certain_or_not(
    postgres: str, template: str
) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as server,
        await server.client(Role.OPERATOR) as operator,
    ):
        ann, ben = [await registered(operator, name) for name in ("Ann", "Ben")]
        chair = {"role": "MAG_CHAIR"}
        await operator.do("grantRole", participant=ann, **chair, since="2016", until="2019-11")
        await operator.do("grantRole", participant=ben, **chair, since="2019-12-01")

        def held(name: str, since: str, until: str | None, certain: bool) -> dict[str, Any]:
            return {
                "participant": {"id": {"Ann": ann, "Ben": ben}[name], "displayName": name},
                "since": {"at": since},
                "until": until and {"at": until},
                "certain": certain,
            }

        for instant, expected in {
            "2015-12-31T23:59:59Z": [],
            "2016-05-01T00:00:00Z": [held("Ann", "2016", "2019-11", False)],
            "2018-04-04T00:00:00Z": [held("Ann", "2016", "2019-11", True)],
            "2019-11-15T00:00:00Z": [held("Ann", "2016", "2019-11", False)],
            "2019-12-01T12:00:00Z": [held("Ben", "2019-12-01", None, False)],
            "2019-12-02T00:00:00Z": [held("Ben", "2019-12-01", None, True)],
        }.items():
            found = await holders(operator, role="MAG_CHAIR", at=instant)
            assert found == expected
        assert [one["participant"]["id"] for one in await holders(operator, role="MAG_CHAIR")] == [
            ben
        ]


async def test_holders_come_in_pages(postgres: str, template: str) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as server,
        await server.client(Role.OPERATOR) as operator,
    ):
        members = [await registered(operator, f"Member {n}") for n in range(5)]
        for n, member in enumerate(members):
            until = "2010" if n == 1 else None
            await operator.do(
                "grantRole", participant=member, role="MAG_MEMBER", since="2005", until=until
            )

        pages, after = list[Any](), None
        for _ in range(2):
            answer = await operator.ask(HOLDERS, role="MAG_MEMBER", first=2, after=after)
            pages.append(answer["roleHolders"])
            after = pages[-1]["pageInfo"]["endCursor"]

        assert [one["totalCount"] for one in pages] == [4, 4]
        assert [one["pageInfo"]["hasNextPage"] for one in pages] == [True, False]
        assert [one["participant"]["id"] for page in pages for one in page["nodes"]] == [
            members[n] for n in (0, 2, 3, 4)
        ]


async def test_one_of_two_chairs_granted_on_two_nodes_at_once_is_refused(
    postgres: str, template: str
) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as here,
        serving(dsn) as there,
        await here.client(Role.OPERATOR) as operator,
        await there.client(Role.OPERATOR) as other,
    ):
        for year in range(2001, 2006):
            people = [await registered(operator, f"{name} {year}") for name in ("Ann", "Ben")]
            fields = {"role": "MAG_CHAIR", "since": str(year), "until": str(year)}

            answers = await asyncio.gather(
                *(
                    client.send(
                        "grantRole",
                        {"commandId": str(uuid4()), "participant": person, **fields},
                        GRANTED,
                        HELD,
                    )
                    for client, person in zip((operator, other), people, strict=True)
                )
            )

            [granted] = [one for one in answers if one["__typename"] == "RoleGranted"]
            [refused] = [one for one in answers if one["__typename"] == "RoleHeld"]
            assert refused["holder"] == granted["participant"]["id"]
            assert (refused["role"], refused["since"]) == ("MAG_CHAIR", str(year))
            at = f"{year}-06-01T00:00:00Z"
            found = await holders(other, role="MAG_CHAIR", at=at)
            assert [one["participant"]["id"] for one in found] == [refused["holder"]]


async def test_the_name_at_an_instant_is_the_one_in_force_then(server: Server) -> None:
    query = """query ($id: ID!, $at: AsOfInput) {
        participant(id: $id, asOf: $at) { displayName region stakeholderGroup } }"""
    async with await server.client(Role.OPERATOR) as operator:
        person = await registered(operator, "Ann")
        await operator.do(
            "updateParticipant", participant=person, displayName="Ann C", occurred="2018-05-01"
        )
        await operator.do(
            "updateParticipant",
            participant=person,
            displayName="Ann B",
            region="WEOG",
            occurred="2018-04-01",
        )

        names = {
            at: (await operator.ask(query, id=person, at=at and {"occurred": at}))["participant"]
            for at in ("2018-04-01T00:00:00Z", "2018-04-15T00:00:00Z", None)
        }

    assert [(one["displayName"], one["region"]) for one in names.values()] == [
        ("Ann", None),
        ("Ann B", "WEOG"),
        ("Ann C", "WEOG"),
    ]
