"""Text messages as WebSocket frames (RFC 6455 section 5.2), unmasked as a server sends them."""

_FINAL_TEXT = 0x81


def text_frame(*parts: bytes) -> bytes:
    """The frame of one text message in UTF-8, given in parts."""
    size = sum(map(len, parts))
    if size < 126:
        header = bytes((_FINAL_TEXT, size))
    elif size < 65_536:
        header = bytes((_FINAL_TEXT, 126)) + size.to_bytes(2)
    else:
        header = bytes((_FINAL_TEXT, 127)) + size.to_bytes(8)
    return b"".join((header, *parts))
