"""Text messages as WebSocket frames, and the headers of frames that clients send."""

import pytest
from websockets.frames import Frame, Opcode

from intersessional.infra.websocket.frames import frame_size, is_entire_message, text_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_text_frame_equals_that_of_the_websockets_library(size: int) -> None:
    message = ("é" * size).encode()[:size]

    expected = Frame(Opcode.TEXT, message).serialize(mask=False)

    assert text_frame(message) == expected
    assert text_frame(message[:7], message[7:]) == expected


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_size_of_a_frame_is_known_as_soon_as_its_length_was_received(size: int) -> None:
    frame = Frame(Opcode.TEXT, b"x" * size).serialize(mask=True)
    length_end = 2 if size < 126 else 4 if size < 65_536 else 10

    assert frame_size(frame[: length_end - 1]) is None
    assert frame_size(frame[:length_end]) == frame_size(frame + b"more") == len(frame)


@pytest.mark.parametrize(
    ("frame", "is_entire"),
    [
        (Frame(Opcode.TEXT, b""), True),
        (Frame(Opcode.BINARY, b""), True),
        (Frame(Opcode.TEXT, b"", fin=False), False),
        (Frame(Opcode.CONT, b""), False),
        (Frame(Opcode.PING, b""), False),
        (Frame(Opcode.CLOSE, b""), False),
    ],
    ids=str,
)
def test_message_of_one_frame_is_told_from_other_frames(frame: Frame, is_entire: bool) -> None:
    assert is_entire_message(frame.serialize(mask=True)) is is_entire
