"""JSON in bytes of the exact size, for what is kept: results, payloads, cache keys."""

from typing import Any

import orjson


def encode_json(value: Any, option: int = 0) -> bytes:
    """Encode a value as JSON, in UTF-8. Raises orjson.JSONEncodeError.

    orjson makes its result at the end of a buffer of some KiB, and the rest of that is not used
    again for as long as the result lives. The copy holds what its length says.
    """
    return bytes(memoryview(orjson.dumps(value, option=option)))
