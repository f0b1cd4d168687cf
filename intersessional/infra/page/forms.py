"""Forms: the fields of a POST as a mutation in process, as the person who has signed in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import orjson
from graphql import GraphQLError, GraphQLInputObjectType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intersessional.graphql.execution import points
from intersessional.graphql.execution.requests import RequestError
from intersessional.infra.connections.body_sizes import raise_limit
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.answers import coerced
from intersessional.infra.page.compose import ComposedForm, input_type
from intersessional.infra.page.documents import PageDocument
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.form_fields import form_fields
from intersessional.infra.page.input_fields import input_of
from intersessional.infra.page.json_answers import accepts_json, json_answer
from intersessional.infra.page.local_path import HOME, local_path
from intersessional.infra.page.multipart_fields import multipart_fields
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.page.sent_form import Payload, SentForm
from intersessional.infra.page.session import sender_of
from intersessional.infra.page.variables import NEXT

_SEE_OTHER = 303
_KEPT = (400, 429, 500, 503)
"""The statuses with which the fields of a form come back: all but that a value is wrong pass."""
_COMMANDS = UUID("5d2a4b6e-6a55-5f0e-9c56-0f2ae7a1a4a9")
"""The namespace of the command ids that are made of a person and the fields of a form."""


class FormSender:
    """Sends the fields of forms as commands, and answers as the client asks."""

    def __init__(self, screens: ScreenRenderer) -> None:
        self._screens = screens
        self._services = screens.services

    async def respond(self, request: Request, form: ComposedForm) -> Response:
        """303 to the next screen, the form again (422, or 200 with a preview), or JSON.

        Raises ScreenError, and what the API raises.
        """
        sent = await self._received(request, form)
        try:
            return await self._answer(request, form, sent)
        except Exception as error:
            shown = ScreenError.from_error(error)
            if accepts_json(request) or shown.status not in _KEPT:
                raise shown from error
            return self._screens.unsent(request, shown, sent, has_file=form.form.takes_file)

    async def _answer(self, request: Request, form: ComposedForm, sent: SentForm) -> Response:
        if form.preview is not None and sent.previewed != sent.command_id:
            return await self._preview(request, form, form.preview, sent)
        body = await self._ask(form.document, sent)
        if accepts_json(request):
            return json_answer(body)
        payload = _payload(body)
        if "code" in payload:
            again = await self._screens.again(request, form.screen, sent.filled(form.form.screen))
            return self._screens.show_again(again, refusal=sent.shown(request, payload))
        # A field `next` leads back to what a person was about to do.
        onward = local_path(next(iter(sent.fields.get(NEXT, ())), None))
        if onward == HOME:
            onward = sent.filled(form.form.next, payload)
        return RedirectResponse(onward, _SEE_OTHER)

    async def _preview(
        self, request: Request, form: ComposedForm, document: PageDocument, sent: SentForm
    ) -> Response:
        """The screen with what the fields would record, or why they would be refused."""
        if accepts_json(request):
            return json_answer(await self._ask(document, sent))
        # The versions that the screen has are not later than the state of the preview.
        again = await self._screens.again(request, form.screen, sent.filled(form.form.screen))
        payload = _payload(await self._ask(document, sent))
        refused = payload["refusal"]
        return self._screens.show_again(
            again,
            refusal=None if refused is None else sent.shown(request, refused),
            preview=sent.shown(request, payload),
        )

    async def _ask(self, document: PageDocument, sent: SentForm) -> bytes:
        kind = self._input_type(document)
        given = input_of(kind, sent.fields)
        if "commandId" in kind.fields:
            given.setdefault("commandId", sent.command_id)
        try:
            operation = await coerced(self._services, document, {"input": given}, sent.sender)
        except (RequestError, GraphQLError) as error:
            raise ScreenError.of_form(error) from error
        return await self._services.execute(operation, sent.sender)

    async def _received(self, request: Request, form: ComposedForm) -> SentForm:
        sender = await sender_of(request, self._services)
        if accepts_json(request):
            _check_person(sender)
        if sender.caller.person is not None:
            raise_limit(request.scope, self._services.settings.mutation_bytes_max)
        body = await request.body()
        sender.account.charge(points.of_bytes(len(body)) + points.of_escapes(body.count(b"%")))
        read = multipart_fields if form.form.takes_file else form_fields
        fields = await read(request)
        fields |= {name: [str(text)] for name, text in request.path_params.items()}
        _check_writer(fields, sender)
        kind = self._input_type(form.first_document)
        return SentForm(sender, fields, str(_command_id(form, sender, kind, fields)))

    def _input_type(self, document: PageDocument) -> GraphQLInputObjectType:
        kind = self._services.hub.schema.core.get_type(input_type(document))
        assert isinstance(kind, GraphQLInputObjectType)
        return kind


def _check_person(sender: Sender) -> None:
    """Tell a script that its session has ended: it keeps what it sent until somebody signs in."""
    if sender.caller.person is None:
        raise ScreenError(401, "NOT_SIGNED_IN", "Sign in to send this.")


def _check_writer(fields: Mapping[str, list[str]], sender: Sender) -> None:
    """Refuse what another person wrote on this device (the field ``writer``)."""
    writers = [text for text in fields.get("writer", ()) if text]
    if sender.caller.person is not None and writers not in ([], [str(sender.caller.person)]):
        raise ScreenError(403, "OTHER_WRITER", "Another person has signed in than wrote this.")


def _command_id(
    form: ComposedForm,
    sender: Sender,
    kind: GraphQLInputObjectType,
    fields: Mapping[str, list[str]],
) -> UUID:
    """The id of a form without one: equal fields of the input by one person are one command.

    Unless the pages differ that they were sent from: ``seen`` is the position that a page shows.
    Fields that are previewed are the same command whatever version the page had.
    """
    named = {*kind.fields, "seen"}
    if form.preview is not None:
        named.discard("expectedVersion")
    given = {
        name: texts
        for name, texts in fields.items()
        if name.partition(".")[0] in named and any(texts)
    }
    content = [form.document.name, str(sender.caller.person), given]
    return uuid5(_COMMANDS, orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode())


def _payload(body: bytes) -> Payload:
    """The payload of a mutation, or the preview of a command. Raises ScreenError."""
    answer: dict[str, Any] = orjson.loads(body)
    data: dict[str, Payload | None] = answer.get("data") or {}
    payload = next(iter(data.values()), None)
    if payload is None:
        error = answer["errors"][0]
        raise ScreenError.of_code(error["extensions"]["code"], error["message"])
    return payload
