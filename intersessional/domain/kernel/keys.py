"""Keys in upper case, such as those of kinds of group and of policies."""

import re

from intersessional.domain.kernel.refusals import BadValue

KEY_MAX = 60
_KEY = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def validated_key(field: str, value: str) -> str:
    """A key of upper-case words joined by underscores, at most 60 long. Raises BadValue."""
    if len(value) > KEY_MAX or not _KEY.fullmatch(value):
        problem = "use upper-case letters and digits, in words joined by underscores."
        raise BadValue(field=field, problem=problem)
    return value
