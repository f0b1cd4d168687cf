"""The log shows what was set, and no secret."""

import pytest

from intersessional.infra.settings import Settings
from intersessional.infra.settings_summary import settings_summary, without_password


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:hush@db:5432/record", "postgresql://me:***@db:5432/record"),
        ("postgresql://me:hu%40sh@db/record", "postgresql://me:***@db/record"),
        ("postgresql://me@/record?host=/run", "postgresql://me@/record?host=/run"),
        (
            "postgresql://db/record?user=me&password=hush",
            "postgresql://db/record?user=me&password=***",
        ),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_password_of_a_url_is_hidden(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_only_what_was_set_is_shown() -> None:
    settings = Settings.model_validate(
        {"DATABASE_URL": "postgresql://me:hush@db/record", "INTERSESSIONAL_ORIGINS": "https://a.b"}
    )

    assert settings_summary(settings) == {
        "DATABASE_URL": "postgresql://me:***@db/record",
        "INTERSESSIONAL_ORIGINS": "https://a.b",
    }
