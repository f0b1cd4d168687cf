"""Time zones, from the ``tzdata`` package and never from the machine.

Nodes differ in what their systems have installed: names that IANA does not know, such as
``localtime``, and rules of another year.
"""

from functools import cache
from importlib.metadata import version
from importlib.resources import files
from zoneinfo import ZoneInfo

from intersessional.domain.kernel.refusals import BadValue

_PACKAGE = files("tzdata")
TZDATA_VERSION = version("tzdata")
"""The edition of the time zone rules: 2026.6 is 2026f of IANA."""
_NO_PLACES = frozenset({"Factory"})
"""What IANA lists and calls no time zone: a machine's setting before it has one."""
TIME_ZONES = frozenset(_PACKAGE.joinpath("zones").read_text("utf-8").split()) - _NO_PLACES
"""The names of IANA's time zones; the earlier names of a zone are among them."""


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of a time zone. Raises ValueError for an unknown name."""
    if name not in TIME_ZONES:
        raise ValueError(f"{name!r} is not in the IANA time zone database")
    with _PACKAGE.joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def validated_time_zone(field: str, name: str) -> str:
    """The IANA name of a time zone, as IANA spells it. Raises BadValue."""
    if name not in TIME_ZONES:
        problem = f"{name!r} is not in the IANA time zone database."
        raise BadValue(field=field, problem=problem)
    return name


def validated_optional_time_zone(field: str, name: str | None) -> str | None:
    """The IANA name of a time zone, or None. Raises BadValue."""
    return None if name is None else validated_time_zone(field, name)
