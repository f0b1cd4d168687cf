"""A bound on the values of a JSON text, counted before it is parsed."""

from intersessional.graphql.request.context import BadRequest

VALUES_MAX = 200_000
"""Twenty times what an input may hold; each takes some 60 bytes of memory, and more."""
_SHORT_BYTES = 100_000


def check_values(text: bytes | str) -> None:
    """Refuse a text that may hold more values. Raises BadRequest.

    Commas and brackets in texts count too: no draft has so many of them.
    """
    if len(text) <= _SHORT_BYTES:
        return
    count = (
        sum(map(text.count, ",[{"))
        if isinstance(text, str)
        else sum(map(text.count, (b",", b"[", b"{")))
    )
    if count > VALUES_MAX:
        message = f"The JSON has some {count} values; {VALUES_MAX} are allowed."
        raise BadRequest("BAD_JSON", message, max=VALUES_MAX)
