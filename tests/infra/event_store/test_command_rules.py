"""A command may get an optional field or another class name; nothing else may change."""

from dataclasses import dataclass, field, make_dataclass
from enum import Enum
from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from tests.infra.event_store.command_rules import faults, parent
from tests.infra.event_store.stored_commands import stored_commands

REQUIRED = object()


class Size(Enum):
    SMALL = "SMALL"
    LARGE = "LARGE"


class MoreSizes(Enum):
    SMALL = "SMALL"
    LARGE = "LARGE"
    HUGE = "HUGE"


class OneSize(Enum):
    SMALL = "SMALL"


@dataclass(frozen=True, kw_only=True)
class Label:
    text: str
    size: Size = Size.SMALL


@dataclass(frozen=True, kw_only=True)
class ColouredLabel:
    text: str
    size: Size = Size.SMALL
    colour: str | None = None


@dataclass(frozen=True, kw_only=True)
class DatedLabel:
    text: str
    size: Size = Size.SMALL
    year: int


@dataclass(frozen=True, kw_only=True)
class LargeLabel:
    text: str
    size: Size = Size.LARGE


Fields = dict[str, tuple[Any, Any]]
FIELDS: Fields = {
    "title": (str, REQUIRED),
    "labels": (tuple[Label, ...], ()),
    "size": (Size, Size.LARGE),
}


def lines(fields: Fields, *, topic: str = "parcel.send", name: str = "SendParcel") -> list[str]:
    """The lines of a command with these fields: types and defaults."""
    parts = [
        (called, hint) if default is REQUIRED else (called, hint, field(default=default))
        for called, (hint, default) in fields.items()
    ]
    command: Any = make_dataclass(
        name, parts, bases=(Command,), namespace={"TOPIC": topic}, frozen=True, kw_only=True
    )
    return stored_commands([command])


def test_class_of_a_command_may_be_renamed() -> None:
    assert faults(lines(FIELDS), lines(FIELDS, name="DispatchParcel")) == []


@pytest.mark.parametrize(
    "more",
    [
        {"colour": (str | None, None)},
        {"labels": (tuple[ColouredLabel, ...], ())},
        {"size": (MoreSizes, MoreSizes.LARGE)},
        {"sender": (Label | None, None)},
    ],
)
def test_optional_field_may_be_added(more: Fields) -> None:
    assert faults(lines(FIELDS), lines(FIELDS | more)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"colour": (str, REQUIRED)},
        {"title": (int, REQUIRED)},
        {"title": (str, "")},
        {"size": (Size, Size.SMALL)},
        {"size": (Size, REQUIRED)},
        {"size": (OneSize, OneSize.SMALL)},
        {"labels": (tuple[DatedLabel, ...], ())},
        {"labels": (tuple[LargeLabel, ...], ())},
        {"labels": (Label | None, None)},
    ],
)
def test_any_other_change_is_refused(changed: Fields) -> None:
    assert faults(lines(FIELDS), lines(FIELDS | changed))


def test_field_or_command_removed_is_refused() -> None:
    without = {name: FIELDS[name] for name in FIELDS if name != "size"}

    assert faults(lines(FIELDS), lines(without))
    assert faults(lines(FIELDS), stored_commands([]))
    assert faults(lines(FIELDS), lines(FIELDS, topic="parcel.dispatch"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("comment.post body: text, required", "comment.post"),
        ("comment.post attribution.speaker: text, required", "comment.post attribution"),
        ("draft.publish blocks[].text: text, required", "draft.publish blocks"),
    ],
)
def test_parent_of_a_field_is_its_value_or_its_command(line: str, expected: str) -> None:
    assert parent(line) == expected
