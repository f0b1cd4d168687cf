"""Settings, read once from environment variables."""

import os
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from intersessional.errors import OperatorError
from intersessional.graphql.execution.documents_mode import DocumentsMode
from intersessional.infra.logging_setup import LogFormat, LogLevel
from intersessional.infra.settings_names import misspelt
from intersessional.infra.settings_types import (
    HttpUrl,
    Limit,
    Networks,
    Origin,
    Origins,
    PostgresUrl,
)


class Mode(StrEnum):
    """Whether the server is for developers or open to the public."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsError(OperatorError):
    """The environment has invalid values; the message has one sentence for each."""

    exit_code: ClassVar[int] = 2


class Settings(BaseSettings):
    """All settings; the alias is the environment variable, the description the valid values."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    database_url: PostgresUrl | None = Field(
        default=None, alias="DATABASE_URL", description="a URL that begins with postgresql://"
    )
    """The PostgreSQL server to use; None starts the embedded one."""

    owner_database_url: PostgresUrl | None = Field(
        default=None,
        alias="INTERSESSIONAL_OWNER_DATABASE_URL",
        description="a URL that begins with postgresql://",
    )
    """The same database as the owner of its tables, for migrations alone."""

    data: Path = Field(default=Path(".data"), alias="INTERSESSIONAL_DATA", description="a path")
    """The directory of the embedded server's data."""

    host: str = Field(default="127.0.0.1", alias="INTERSESSIONAL_HOST", description="an address")
    """The address to listen on."""

    port: int = Field(
        default=8000, ge=0, le=65535, alias="PORT", description="a whole number from 0 to 65535"
    )
    """The TCP port to listen on; 0 takes any free one."""

    mode: Mode = Field(
        default=Mode.PRODUCTION,
        alias="INTERSESSIONAL_MODE",
        description="development or production",
    )
    """`development` accepts development tokens and explains errors; `production` does neither."""

    origins: Origins = Field(
        default=(),
        alias="INTERSESSIONAL_ORIGINS",
        description="origins such as https://example.org, with commas between them",
    )
    """The origins whose pages may use the API, besides the server's own."""

    log_level: LogLevel = Field(
        default=LogLevel.INFO,
        alias="INTERSESSIONAL_LOG_LEVEL",
        description="debug, info, warning or error",
    )
    """The least severe messages that are logged."""

    log_format: LogFormat = Field(
        default=LogFormat.TEXT, alias="INTERSESSIONAL_LOG_FORMAT", description="text or json"
    )
    """`text`: lines for people; `json`: an object on each line."""

    access_log: bool = Field(
        default=False, alias="INTERSESSIONAL_ACCESS_LOG", description="true or false"
    )
    """Whether each request is a line in the log, with its client's address."""

    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        alias="INTERSESSIONAL_METRICS_PORT",
        description="a whole number from 0 to 65535",
    )
    """The TCP port of the Prometheus metrics of the first worker; without it there are none."""

    metrics_host: str = Field(
        default="127.0.0.1", alias="INTERSESSIONAL_METRICS_HOST", description="an address"
    )
    """The address of the metrics, which are not for the public."""

    otlp_endpoint: HttpUrl | None = Field(
        default=None, alias="OTEL_EXPORTER_OTLP_ENDPOINT", description="an http or https URL"
    )
    """The OpenTelemetry collector that gets traces (OTLP over HTTP); without it there are none."""

    trusted_proxies: Networks = Field(
        default=(),
        alias="INTERSESSIONAL_TRUSTED_PROXIES",
        description="addresses and networks such as 10.0.0.0/24, with commas between them, and"
        " not all addresses",
    )
    """The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed."""

    proxy_protocol: bool = Field(
        default=False, alias="INTERSESSIONAL_PROXY_PROTOCOL", description="true or false"
    )
    """Whether connections from trusted proxies begin with a header of the PROXY protocol."""

    oidc_issuer: HttpUrl | None = Field(
        default=None, alias="INTERSESSIONAL_OIDC_ISSUER", description="an http or https URL"
    )
    """The issuer of the bearer tokens (`iss`)."""

    oidc_audience: str | None = Field(
        default=None, alias="INTERSESSIONAL_OIDC_AUDIENCE", description="a name"
    )
    """The required audience of the bearer tokens (`aud`)."""

    oidc_jwks_url: HttpUrl | None = Field(
        default=None, alias="INTERSESSIONAL_OIDC_JWKS_URL", description="an http or https URL"
    )
    """The URL of the issuer's key set (JWKS)."""

    oidc_client_id: str | None = Field(
        default=None, alias="INTERSESSIONAL_OIDC_CLIENT_ID", description="a name"
    )
    """The name under which the issuer knows the page; with it, people sign in in a browser."""

    oidc_client_secret: SecretStr | None = Field(
        default=None, alias="INTERSESSIONAL_OIDC_CLIENT_SECRET", description="a secret"
    )
    """The page's secret at the issuer, where the issuer gave it one."""

    public_origin: Origin | None = Field(
        default=None, alias="INTERSESSIONAL_PUBLIC_ORIGIN", description="an http or https origin"
    )
    """The origin of the page in browsers; without it the one that a request names."""

    documents_mode: DocumentsMode = Field(
        default=DocumentsMode.OPEN,
        alias="INTERSESSIONAL_DOCUMENTS_MODE",
        description="open, automatic or only",
    )
    """`open`: any document; `automatic`: also by its hash once sent; `only`: trusted documents."""

    documents: Path | None = Field(
        default=None, alias="INTERSESSIONAL_DOCUMENTS", description="a path"
    )
    """The trusted documents: a directory of .graphql files, or a manifest in JSON."""

    body_bytes_max: Limit = Field(default=100_000, alias="INTERSESSIONAL_BODY_BYTES_MAX")
    """The largest request body, in bytes, but for mutations of a signed-in sender."""

    mutation_bytes_max: Limit = Field(default=8_000_000, alias="INTERSESSIONAL_MUTATION_BYTES_MAX")
    """The largest request with a mutation of a signed-in sender, in bytes."""

    subscriptions_max: Limit = Field(default=100, alias="INTERSESSIONAL_SUBSCRIPTIONS_MAX")
    """The maximum number of subscriptions on one socket."""

    operations_max: Limit = Field(default=512, alias="INTERSESSIONAL_OPERATIONS_MAX")
    """The maximum number of different subscriptions that one node executes."""

    sockets_max: Limit = Field(default=10_000, alias="INTERSESSIONAL_SOCKETS_MAX")
    """The maximum number of sockets and streams of events that one node has open."""

    person_sockets_max: Limit = Field(default=50, alias="INTERSESSIONAL_PERSON_SOCKETS_MAX")
    """The maximum number of these that one person may have open on a node."""

    person_points_per_minute_max: Limit = Field(
        default=600_000, alias="INTERSESSIONAL_PERSON_POINTS_PER_MINUTE_MAX"
    )
    """The points that one signed-in person may spend in a minute on a node."""

    address_points_per_minute_max: Limit = Field(
        default=600_000, alias="INTERSESSIONAL_ADDRESS_POINTS_PER_MINUTE_MAX"
    )
    """The points that all others of one address may spend in a minute on a node."""

    anonymous_points_per_minute_max: Limit = Field(
        default=3_000_000, alias="INTERSESSIONAL_ANONYMOUS_POINTS_PER_MINUTE_MAX"
    )
    """The points that all who have not signed in may spend together in a minute on a node."""

    comments_per_minute_max: Limit = Field(
        default=20, alias="INTERSESSIONAL_COMMENTS_PER_MINUTE_MAX"
    )
    """The maximum number of comments that one person may post in a minute on a node."""

    address_sockets_max: Limit = Field(default=500, alias="INTERSESSIONAL_ADDRESS_SOCKETS_MAX")
    """The maximum number of these that one address may have open without a signed-in person."""

    connections_max: Limit = Field(default=12_000, alias="INTERSESSIONAL_CONNECTIONS_MAX")
    """The maximum number of connections of any kind that one node has open."""

    address_connections_max: Limit = Field(
        default=1_000, alias="INTERSESSIONAL_ADDRESS_CONNECTIONS_MAX"
    )
    """The maximum number of these from one address, but for trusted proxies."""

    heartbeat_s: Limit = Field(default=12, alias="INTERSESSIONAL_HEARTBEAT_SECONDS")
    """The seconds between two heartbeats on an idle socket or stream."""

    init_timeout_s: Limit = Field(default=10, alias="INTERSESSIONAL_INIT_SECONDS_MAX")
    """The seconds within which a client must send `connection_init`."""

    clock_seconds_max: Limit = Field(default=5, alias="INTERSESSIONAL_CLOCK_SECONDS_MAX")
    """The greatest difference of a node's and the database's clock, in seconds, to record at."""

    query_operations_max: Limit = Field(default=1, alias="INTERSESSIONAL_QUERY_OPERATIONS_MAX")
    """The maximum number of operations in one document, unless it is trusted."""

    query_depth_max: Limit = Field(default=15, alias="INTERSESSIONAL_QUERY_DEPTH_MAX")
    """The deepest nesting of one query, in fields."""

    query_tokens_max: Limit = Field(default=2_000, alias="INTERSESSIONAL_QUERY_TOKENS_MAX")
    """The longest query document, in lexical tokens."""

    query_aliases_max: Limit = Field(default=50, alias="INTERSESSIONAL_QUERY_ALIASES_MAX")
    """The maximum number of aliases in one query."""

    query_cost_max: Limit = Field(default=20_000, alias="INTERSESSIONAL_QUERY_COST_MAX")
    """The maximum number of fields one operation may resolve, by the bounds of its lists."""

    subscription_cost_max: Limit = Field(
        default=5_000, alias="INTERSESSIONAL_SUBSCRIPTION_COST_MAX"
    )
    """The maximum number of fields one subscription may resolve for an event."""

    answer_bytes_max: Limit = Field(default=8_000_000, alias="INTERSESSIONAL_ANSWER_BYTES_MAX")
    """The largest answer to one operation, in bytes; for an event of a subscription 1,000,000."""


def load_settings(mode: Mode = Mode.PRODUCTION) -> Settings:
    """Read the settings, in `mode` unless the environment names one; raises SettingsError."""
    aliases = [str(field.alias) for field in Settings.model_fields.values()]
    if sentences := misspelt(os.environ, aliases):
        raise SettingsError("\n".join(sentences))
    try:
        settings = Settings()
    except ValidationError as error:
        variables = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors())
        raise SettingsError("\n".join(_sentence(variable) for variable in variables)) from None
    if "mode" not in settings.model_fields_set:
        settings = settings.model_copy(update={"mode": mode})
    _check_oidc(settings)
    if settings.owner_database_url is not None and settings.database_url is None:
        raise SettingsError("DATABASE_URL must be set where INTERSESSIONAL_OWNER_DATABASE_URL is.")
    if settings.proxy_protocol and not settings.trusted_proxies:
        raise SettingsError(
            "INTERSESSIONAL_TRUSTED_PROXIES must be set where INTERSESSIONAL_PROXY_PROTOCOL is:"
            " only their connections begin with its header."
        )
    if settings.documents_mode is DocumentsMode.ONLY and settings.documents is None:
        raise SettingsError(
            "INTERSESSIONAL_DOCUMENTS must be set where INTERSESSIONAL_DOCUMENTS_MODE is only."
        )
    return settings


def _check_oidc(settings: Settings) -> None:
    issuer, client = settings.oidc_issuer, settings.oidc_client_id
    bearer = (settings.oidc_audience, settings.oidc_jwks_url)
    if (any(bearer) and not all((issuer, *bearer))) or (issuer and not any((client, *bearer))):
        raise SettingsError(
            "INTERSESSIONAL_OIDC_ISSUER, INTERSESSIONAL_OIDC_AUDIENCE and "
            "INTERSESSIONAL_OIDC_JWKS_URL must be set together."
        )
    origin = settings.public_origin or settings.mode is Mode.DEVELOPMENT
    if (client and not (issuer and origin)) or (settings.oidc_client_secret and not client):
        raise SettingsError(
            "INTERSESSIONAL_OIDC_CLIENT_ID must be set together with INTERSESSIONAL_OIDC_ISSUER"
            " and INTERSESSIONAL_PUBLIC_ORIGIN."
        )


def _sentence(variable: str) -> str:
    # The value itself is not repeated: a database's URL holds a password.
    expected = next(f.description for f in Settings.model_fields.values() if f.alias == variable)
    return f"{variable} must be {expected}."
