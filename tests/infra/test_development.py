"""Development mode is known beside a server that runs in it, and nowhere else."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from intersessional.infra.auth import DevelopmentTokenError
from intersessional.infra.development import SESSION_NAME, announced, development_settings
from intersessional.infra.settings import Mode, Settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


async def test_beside_a_server_in_development_it_needs_no_setting(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)

    async with announced(database_url), development_settings() as settings:
        assert settings.mode is Mode.DEVELOPMENT
        assert settings.database_url == database_url


async def test_once_that_server_is_gone_it_is_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    async with announced(database_url):
        pass

    with pytest.raises(DevelopmentTokenError, match="No server in development mode"):
        async with development_settings():
            pass


async def test_the_environment_has_the_last_word(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    async with announced(database_url):
        monkeypatch.setenv("INTERSESSIONAL_MODE", "production")
        with pytest.raises(DevelopmentTokenError, match="INTERSESSIONAL_MODE says production"):
            async with development_settings():
                pass

    monkeypatch.setenv("INTERSESSIONAL_MODE", "development")
    async with development_settings() as settings:
        assert settings.mode is Mode.DEVELOPMENT


async def test_a_wrong_directory_is_refused_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERSESSIONAL_DATA", str(tmp_path / "elsewhere"))

    with pytest.raises(DevelopmentTokenError, match="INTERSESSIONAL_DATA"):
        async with development_settings():
            pass

    assert not (tmp_path / "elsewhere").exists()


async def test_a_lost_session_is_announced_anew(database_url: str) -> None:
    owner = await asyncpg.connect(database_url)

    async def session() -> int | None:
        pid: int | None = await owner.fetchval(
            "SELECT pid FROM pg_stat_activity"
            " WHERE application_name = $1 AND datname = current_database()",
            SESSION_NAME,
        )
        return pid

    async with announced(database_url):
        lost = await session()
        await owner.execute("SELECT pg_terminate_backend($1)", lost)

        async with asyncio.timeout(30):
            while await session() in (None, lost):  # noqa: ASYNC110  Another process ends it.
                await asyncio.sleep(0.02)
    await owner.close()
