"""The fields of a form that was sent."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from intersessional.infra.page.errors import ScreenError

FIELDS_MAX = 1_000
MEDIA_TYPE = "application/x-www-form-urlencoded"


async def form_fields(request: Request) -> dict[str, list[str]]:
    """The texts of each field, by its name (URL Standard §5.1). Raises ScreenError.

    Multipart is read of forms with a file alone (``multipart_fields``).
    """
    body = await request.body()
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and media != MEDIA_TYPE:
        message = f"A form is sent as {MEDIA_TYPE}."
        raise ScreenError(415, "UNSUPPORTED_MEDIA_TYPE", message)
    text = body.decode(errors="replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError as error:
        message = f"A form has at most {FIELDS_MAX} fields."
        raise ScreenError(400, "TOO_MANY_FIELDS", message) from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        # Browsers send line ends as CR LF (HTML, constructing the entry list).
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return fields
