"""WebSocket frames (RFC 6455 §5.2): text messages as a server sends them, and frame headers."""

_FINAL = 0x80
_FINAL_TEXT = 0x81
_OPCODE = 0x0F
_MESSAGE_OPCODES = (1, 2)
_MASKED_HEADER_BYTES = 2 + 4
_LENGTH = 0x7F


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


def frame_size(received: bytes | bytearray) -> int | None:
    """The bytes of the client's frame that begins here; None before its length was received."""
    if len(received) < 2:
        return None
    length = received[1] & _LENGTH
    if length < 126:
        return _MASKED_HEADER_BYTES + length
    length_bytes = 2 if length == 126 else 8
    if len(received) < 2 + length_bytes:
        return None
    payload = int.from_bytes(received[2 : 2 + length_bytes])
    return _MASKED_HEADER_BYTES + length_bytes + payload


def is_entire_message(received: bytes | bytearray) -> bool:
    """Whether the frame that begins here is a message that is not fragmented."""
    return bool(received[0] & _FINAL) and received[0] & _OPCODE in _MESSAGE_OPCODES
