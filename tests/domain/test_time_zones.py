"""Time zones are IANA's, the same on every node."""

import ast
import zoneinfo
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

import intersessional
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.time_zones import TIME_ZONES, validated_time_zone, zone

PACKAGE = Path(intersessional.__path__[0])
NOON = datetime(2018, 11, 12, 12, tzinfo=UTC)
ON_THE_MACHINE = (
    *("localtime", "posixrules", "Factory", "Mars/Olympus", "Europe/Paris"),
    *("posix/Europe/Paris", "right/Europe/Paris"),
)


@pytest.fixture(autouse=True)
def another_machine(tmp_path: Path) -> Generator[None]:
    """A machine that has further time zones, and Tokyo's rules for Paris."""
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    for name in ON_THE_MACHINE:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(tokyo)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path)])
    zoneinfo.ZoneInfo.clear_cache()
    assert zoneinfo.ZoneInfo("Europe/Paris").utcoffset(NOON) == timedelta(hours=9)
    yield
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    "name",
    [
        *("localtime", "posixrules", "Factory", "Mars/Olympus"),
        *("posix/Europe/Paris", "right/Europe/Paris"),
        *("europe/paris", "EUROPE/PARIS", "Europe/Paris ", "Europe", "Europe/"),
        *("", ".", "/usr/share/zoneinfo/Europe/Paris", "../zoneinfo/Europe/Paris"),
        *("Europe/../Europe/Paris", "+01:00", "CEST", "Europe/Paris\0", "zone.tab", "tzdata.zi"),
    ],
)
def test_what_is_no_name_of_a_zone_is_refused(name: str) -> None:
    with pytest.raises(BadValue, match="is not in the IANA time zone database"):
        validated_time_zone("timeZone", name)
    with pytest.raises(ValueError, match="is not in the IANA time zone database"):
        zone(name)


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "Asia/Calcutta", "Asia/Kolkata", "UTC", "Etc/UTC"]
)
def test_name_of_a_zone_stays_as_it_is_written_earlier_names_too(name: str) -> None:
    assert validated_time_zone("timeZone", name) == name


def test_rules_of_a_zone_are_those_of_the_package_on_every_machine() -> None:
    assert zone("Europe/Paris").utcoffset(NOON) == timedelta(hours=1)
    assert zone("Europe/Paris").key == "Europe/Paris"


def test_earlier_name_of_a_zone_has_its_rules() -> None:
    assert zone("Asia/Calcutta").utcoffset(NOON) == zone("Asia/Kolkata").utcoffset(NOON)


def test_every_listed_zone_has_rules() -> None:
    assert len(TIME_ZONES) > 500
    assert {name for name in TIME_ZONES if zone(name).utcoffset(NOON) is None} == set()


def test_package_takes_no_zone_from_the_machine() -> None:
    taken = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("ZoneInfo", "zoneinfo.ZoneInfo", "available_timezones")
    ]

    assert taken == []
