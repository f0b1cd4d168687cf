"""``intersessional revoke`` signs a person out or revokes one token."""

import asyncio
import json
from base64 import urlsafe_b64decode
from uuid import uuid4

import asyncpg
import pytest
from typer.testing import CliRunner

from intersessional.infra.auth import RevocationError
from intersessional.infra.cli import app
from tests.recorded import Recorded


def person(recorded: Recorded) -> str:
    """The person of the token."""
    claims = json.loads(urlsafe_b64decode(recorded.token.split(".")[1] + "=="))
    return str(claims["sub"])


def revoked(recorded: Recorded) -> list[tuple[bool, str | None]]:
    """Of each that was revoked whether it is a token, or else the person."""

    async def read() -> list[tuple[bool, str | None]]:
        connection = await asyncpg.connect(recorded.url)
        try:
            rows = await connection.fetch("SELECT * FROM intersessional.revocations ORDER BY 1")
        finally:
            await connection.close()
        return [(row["token"] is not None, row["person"] and str(row["person"])) for row in rows]

    return asyncio.run(read())


@pytest.fixture
def programme(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", recorded.url)
    return CliRunner()


def test_person_is_signed_out_by_id_and_one_token_alone(
    programme: CliRunner, recorded: Recorded
) -> None:
    for arguments, stderr in ([person(recorded)], None), (["--token"], f"{recorded.token}\n"):
        ended = programme.invoke(app, ["revoke", *arguments], input=stderr)

        assert (ended.exit_code, ended.stdout) == (0, "Signed out.\n")

    assert revoked(recorded) == [(False, person(recorded)), (True, None)]


@pytest.mark.parametrize("arguments", [[], [str(uuid4()), "--token"], ["no id"]])
def test_revoke_takes_a_person_or_a_token(programme: CliRunner, arguments: list[str]) -> None:
    assert programme.invoke(app, ["revoke", *arguments], input="x.y.z").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([str(uuid4())], "Nobody who ever signed in"), (["--token"], "not a signed JSON Web Token")],
)
def test_unknown_person_is_reported(
    programme: CliRunner, recorded: Recorded, arguments: list[str], sentence: str
) -> None:
    ended = programme.invoke(app, ["revoke", *arguments], input="no token")

    assert ended.exit_code == RevocationError.exit_code
    assert sentence in ended.stderr
    assert revoked(recorded) == []
