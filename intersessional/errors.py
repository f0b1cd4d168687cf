"""What the programme does not do, told to whoever started it."""

from typing import ClassVar


class OperatorError(Exception):
    """The programme does not do what it was started for; the message says why in sentences."""

    exit_code: ClassVar[int] = 1
