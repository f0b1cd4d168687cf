"""Checks of time zones in commands."""

from zoneinfo import available_timezones

from intersessional.domain.kernel.refusals import BadValue


def validated_time_zone(field: str, name: str) -> str:
    """The IANA name of a time zone. Raises BadValue."""
    if name not in available_timezones():
        problem = f"{name!r} is not in the IANA time zone database."
        raise BadValue(field=field, problem=problem)
    return name


def validated_optional_time_zone(field: str, name: str | None) -> str | None:
    """The IANA name of a time zone, or None. Raises BadValue."""
    return None if name is None else validated_time_zone(field, name)
