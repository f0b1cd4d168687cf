"""Text messages as WebSocket frames."""

import pytest
from websockets.frames import Frame, Opcode

from intersessional.infra.websocket.frames import text_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_text_frame_equals_that_of_the_websockets_library(size: int) -> None:
    message = ("é" * size).encode()[:size]

    expected = Frame(Opcode.TEXT, message).serialize(mask=False)

    assert text_frame(message) == expected
    assert text_frame(message[:7], message[7:]) == expected
