"""``intersessional token`` prints tokens in development mode only."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.graphql.server import serving
from tests.infra.cli.program import invoke, run
from tests.journeys.api_client import signed_in
from tests.recorded import Recorded


def test_token_is_all_that_is_printed_and_signs_in(recorded: Recorded) -> None:
    token = invoke(
        *("token", "mag_chair", "--name", "Ann"),
        DATABASE_URL=recorded.url,
        INTERSESSIONAL_MODE="development",
    )

    assert (token.code, token.err) == (0, "")
    assert len(token.out.split()) == 1
    ann = Recorded(url=recorded.url, token=token.out.strip(), draft=recorded.draft)
    answer = asyncio.run(who_is(ann))
    assert answer["viewer"] == {
        "roles": ["MAG_CHAIR", "COMMENTER"],
        "participant": {"displayName": "Ann"},
    }


async def who_is(signed: Recorded) -> Mapping[str, Any]:
    """What a server answers to this token about its viewer."""
    async with serving(signed.url) as server, signed_in(server.url, signed) as api:
        await server.caught_up()
        return await api.ask("{ viewer { roles participant { displayName } } }")


async def test_token_in_production_is_refused_although_a_server_in_development_runs(
    recorded: Recorded,
) -> None:
    modes: tuple[dict[str, str], ...] = ({}, {"INTERSESSIONAL_MODE": "production"})
    async with serving(recorded.url):
        refusals = await asyncio.gather(
            *(run("token", "commenter", DATABASE_URL=recorded.url, **mode) for mode in modes)
        )

    for refused in refusals:
        assert (refused.code, refused.out) == (1, "")
        assert "INTERSESSIONAL_MODE=development" in refused.err
        assert len(refused.err.splitlines()) == 1


def test_token_in_a_wrong_directory_is_refused_and_no_database_is_made(
    tmp_path: Path,
) -> None:
    data = tmp_path / "elsewhere"

    refused = invoke(
        "token", "commenter", INTERSESSIONAL_DATA=str(data), INTERSESSIONAL_MODE="development"
    )

    assert (refused.code, refused.out) == (1, "")
    assert "INTERSESSIONAL_DATA" in refused.err
    assert "scripts/demo" in refused.err
    assert not data.exists()


def test_token_for_a_refused_name_prints_the_refusal(recorded: Recorded) -> None:
    refused = invoke(
        *("token", "commenter", "--name", "\x07"),
        DATABASE_URL=recorded.url,
        INTERSESSIONAL_MODE="development",
    )

    assert (refused.code, refused.out) == (1, "")
    assert "name" in refused.err
    assert "Traceback" not in refused.err
