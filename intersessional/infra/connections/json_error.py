"""What is wrong with JSON that a client sent."""

import orjson


def json_error(error: orjson.JSONDecodeError) -> str:
    """Where the parser stopped, and why: JSON allows what it cannot hold, such as long numbers."""
    return f"line {error.lineno}, column {error.colno}: {error.msg}"
