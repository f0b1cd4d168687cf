"""Defaults of the settings, and the messages for invalid ones."""

from pathlib import Path

import pytest

from intersessional.graphql.execution.documents_mode import DocumentsMode
from intersessional.infra.settings import (
    Mode,
    Settings,
    SettingsError,
    load_settings,
)


@pytest.fixture(autouse=True)
def clear_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def test_default_settings_are_production_on_this_machine_only() -> None:
    settings = load_settings()

    assert settings.mode is Mode.PRODUCTION
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url is None
    assert settings.data == Path(".data")


def test_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/record")
    monkeypatch.setenv("INTERSESSIONAL_DATA", "/srv/the record")
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("INTERSESSIONAL_BODY_BYTES_MAX", "5")

    settings = load_settings()

    assert settings.database_url == "postgresql://db.example/record"
    assert settings.data == Path("/srv/the record")
    assert settings.port == 0
    assert settings.body_bytes_max == 5


def test_mode_of_the_caller_yields_to_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings(Mode.DEVELOPMENT).mode is Mode.DEVELOPMENT

    monkeypatch.setenv("INTERSESSIONAL_MODE", "production")

    assert load_settings(Mode.DEVELOPMENT).mode is Mode.PRODUCTION


def test_empty_variable_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("PORT", "")

    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "eight", "PORT must be a whole number from 0 to 65535."),
        ("PORT", "70000", "PORT must be a whole number from 0 to 65535."),
        ("DATABASE_URL", "x://me:hush@db", "DATABASE_URL must be a URL that begins with postgre"),
        ("INTERSESSIONAL_MODE", "test", "INTERSESSIONAL_MODE must be development or production."),
        ("INTERSESSIONAL_OIDC_ISSUER", "me", "INTERSESSIONAL_OIDC_ISSUER must be an http"),
        (
            "INTERSESSIONAL_DOCUMENTS_MODE",
            "some",
            "INTERSESSIONAL_DOCUMENTS_MODE must be open, automatic or only.",
        ),
        ("INTERSESSIONAL_TRUSTED_PROXIES", "proxy", "TRUSTED_PROXIES must be addresses and net"),
        ("INTERSESSIONAL_TRUSTED_PROXIES", "10.0.0.1/8", "TRUSTED_PROXIES must be addresses and"),
        ("INTERSESSIONAL_TRUSTED_PROXIES", "0.0.0.0/0", "and not all addresses"),
        ("INTERSESSIONAL_TRUSTED_PROXIES", "10.0.0.1,::/0", "and not all addresses"),
        ("INTERSESSIONAL_PROXY_PROTOCOL", "true", "TRUSTED_PROXIES must be set where"),
        ("INTERSESSIONAL_QUERY_DEPTH_MAX", "0", "QUERY_DEPTH_MAX must be a whole number of at"),
    ],
)
def test_invalid_value_is_refused_with_its_variable_and_without_the_value(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert sentence in str(refused.value)
    assert "hush" not in str(refused.value)


def test_two_invalid_values_give_two_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("INTERSESSIONAL_MODE", "x")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert len(str(refused.value).splitlines()) == 2


def test_incomplete_identity_provider_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERSESSIONAL_OIDC_ISSUER", "https://id.example")

    with pytest.raises(SettingsError, match="must be set together"):
        load_settings()


def test_mode_only_needs_trusted_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().documents_mode is DocumentsMode.OPEN

    monkeypatch.setenv("INTERSESSIONAL_DOCUMENTS_MODE", "only")
    with pytest.raises(SettingsError, match="INTERSESSIONAL_DOCUMENTS must be set"):
        load_settings()
    monkeypatch.setenv("INTERSESSIONAL_DOCUMENTS", "queries")

    assert load_settings().documents == Path("queries")


def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERSESSIONAL_ORIGINS", "https://a.example, http://b.example:81")

    assert load_settings().origins == ("https://a.example", "http://b.example:81")


def test_origin_with_a_path_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERSESSIONAL_ORIGINS", "https://a.example/page")

    with pytest.raises(SettingsError, match="INTERSESSIONAL_ORIGINS"):
        load_settings()
