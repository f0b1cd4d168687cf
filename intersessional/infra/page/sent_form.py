"""A form that was sent: its fields, and what is shown of it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from starlette.requests import Request

from intersessional.infra.connections.sender import Sender

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent."""

    sender: Sender
    fields: Mapping[str, list[str]]
    command_id: str
    """The id that is made of the person and the fields."""

    @property
    def previewed(self) -> str | None:
        """The field ``previewed``: the id of the fields of which a person has seen the preview."""
        return next(iter(self.fields.get("previewed", ())), None)

    def shown(self, request: Request, answer: Payload) -> Payload:
        """A refusal or a preview as templates get it, with the fields as they were sent."""
        fields = {name: texts[0] for name, texts in self.fields.items() if texts}
        form = request.url.path
        return {**answer, "fields": fields, "form": form, "commandId": self.command_id}

    def filled(self, address: str, payload: Payload | None = None) -> str:
        """An address with the values of its parameters; ``{id}`` is that of what was changed."""
        values = {name: texts[0] for name, texts in self.fields.items() if texts}
        for value in (payload or {}).values():
            if isinstance(value, dict) and "id" in value:
                values["id"] = str(cast("Payload", value)["id"])
        for name, text in values.items():
            if f"{{{name}}}" in address:
                address = address.replace(f"{{{name}}}", quote(text, safe=""))
        return address.partition("#")[0] if "{id}" in address else address
