"""Where a browser goes on after it has signed in: a path of this server and nothing else."""

import re

HOME = "/"
_CHARS_MAX = 1_000
# No second slash or backslash, with which a browser reads a host; no space or control character.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def local_path(text: object) -> str:
    """The path, query and fragment in a text; ``/`` for what could lead elsewhere."""
    is_local = isinstance(text, str) and len(text) <= _CHARS_MAX and _LOCAL.fullmatch(text)
    return str(text) if is_local else HOME
