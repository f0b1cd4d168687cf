"""A process asks about a type of PostgreSQL's own once, and about others each time."""

from uuid import uuid4

import asyncpg
from asyncpg.connection import LoggedQuery

from intersessional.infra.postgres.connection import connect


def _is_look_up(query: LoggedQuery) -> bool:
    return "typeinfo_tree" in query.query


async def asked(url: str, statement: str, value: object) -> tuple[object, int]:
    """What a new connection answers with a value, and how often it looks up types."""
    queries: list[LoggedQuery] = []
    connection = await connect(url)
    try:
        connection.add_query_logger(queries.append)
        answer = await connection.fetchval(statement, value)
        return answer, len([query for query in queries if _is_look_up(query)])
    finally:
        await connection.close()


async def test_type_of_postgresql_is_looked_up_by_one_connection_for_all(
    empty_database_url: str,
) -> None:
    given = [uuid4(), uuid4()]

    answers = [await asked(empty_database_url, "SELECT $1::uuid[]", given) for _ in range(3)]

    assert [answer for answer, _ in answers] == [given, given, given]
    assert [look_ups for _, look_ups in answers[1:]] == [0, 0]


async def test_type_that_was_made_in_a_database_is_looked_up_by_each_connection(
    empty_database_url: str,
) -> None:
    owner = await asyncpg.connect(empty_database_url)
    try:
        await owner.execute("CREATE TYPE public.tone AS ENUM ('calm', 'loud')")
        statement = "SELECT $1::public.tone[]"
        answers = [await asked(empty_database_url, statement, ["calm"]) for _ in range(2)]
        await owner.execute("DROP TYPE public.tone; CREATE TYPE public.tone AS (pitch integer)")

        other = await asked(empty_database_url, statement, [(440,)])
    finally:
        await owner.close()

    assert answers == [(["calm"], 1), (["calm"], 1)]
    assert other == ([(440,)], 1)
