"""The settings as the log shows them: those that were set, and no secret."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import SecretStr

from intersessional.infra.settings import Settings

HIDDEN = "***"
_SECRET_PARAMETERS = {"password", "sslpassword"}


def settings_summary(settings: Settings) -> dict[str, str]:
    """The value of each variable that was set, without passwords and tokens."""
    fields = Settings.model_fields
    return {
        str(fields[name].alias): _shown(getattr(settings, name))
        for name in fields
        if name in settings.model_fields_set
    }


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return HIDDEN
    if isinstance(value, tuple):
        return ",".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
    return without_password(value) if isinstance(value, str) else str(value)


def without_password(text: str) -> str:
    """A URL with its password hidden; any other text as it is."""
    parts = urlsplit(text)
    if not parts.netloc and not parts.query:
        return text
    netloc = parts.netloc
    user, at, host = netloc.rpartition("@")
    if ":" in user:
        netloc = f"{user.partition(':')[0]}:{HIDDEN}{at}{host}"
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    if any(name in _SECRET_PARAMETERS for name, _ in parameters):
        shown = [(name, HIDDEN if name in _SECRET_PARAMETERS else one) for name, one in parameters]
        parts = parts._replace(query=urlencode(shown, safe="*/"))
    return urlunsplit(parts._replace(netloc=netloc))
