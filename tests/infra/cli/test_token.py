"""Tokens are handed out where the record is one for development, and nowhere else."""

from tests.infra.cli.programme import run
from tests.journeys.api import signed_in
from tests.journeys.server import serving
from tests.recorded import Recorded


async def test_beside_a_server_in_development_it_is_all_that_is_printed_and_signs_in(
    recorded: Recorded,
) -> None:
    async with serving(recorded) as server:
        token = await run("token", "mag_chair", "--name", "Ann", DATABASE_URL=recorded.url)

        assert (token.code, token.err) == (0, "")
        assert len(token.out.split()) == 1
        ann = Recorded(url=recorded.url, token=token.out.strip(), draft=recorded.draft)
        async with signed_in(server.url, ann) as api:
            asked = await api.ask("{ viewer { displayName roles { role } } }")
    assert asked["viewer"] == {"displayName": "Ann", "roles": [{"role": "MAG_CHAIR"}]}


async def test_without_one_it_is_refused_with_what_to_do(recorded: Recorded) -> None:
    refused = await run("token", "commenter", DATABASE_URL=recorded.url)

    assert (refused.code, refused.out) == (1, "")
    assert "scripts/demo" in refused.err
    assert len(refused.err.splitlines()) == 1


async def test_what_the_domain_refuses_is_told(recorded: Recorded) -> None:
    refused = await run(
        *("token", "commenter", "--name", "\x07"),
        DATABASE_URL=recorded.url,
        INTERSESSIONAL_MODE="development",
    )

    assert (refused.code, refused.out) == (1, "")
    assert "name" in refused.err
    assert "Traceback" not in refused.err
