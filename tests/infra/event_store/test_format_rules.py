"""An optional field or a new topic with an upcast may change an event; nothing else may."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count
from types import new_class
from typing import Any

import pytest

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, State, Upcast
from intersessional.domain.kernel.sealed import Erasable, Permanent
from tests.infra.event_store.format_rules import faults
from tests.infra.event_store.stored_format import stored_format
from tests.landed_lines import with_landed

NUMBERS = count(1)
ERASABLE: Any = Erasable
PERMANENT: Any = Permanent

Fields = dict[str, Any]
Upcasts = Sequence[tuple[str, Upcast]]


class Colour(Enum):
    RED = "RED"
    BLUE = "BLUE"


class MoreColours(Enum):
    RED = "RED"
    BLUE = "BLUE"
    GREEN = "GREEN"


class OneColour(Enum):
    RED = "RED"


@dataclass(frozen=True)
class Lining:
    colour: Colour
    label: Erasable


@dataclass(frozen=True)
class LiningWithThread:
    colour: Colour
    label: Erasable
    thread: str = "silk"


@dataclass(frozen=True)
class LiningWithRequiredThread:
    colour: Colour
    label: Erasable
    thread: str


FIELDS: Fields = {
    "size": int,
    "colour": Colour,
    "note": ERASABLE | None,
    "linings": tuple[Lining, ...],
    "buttons": int,
}
BUTTONS: Fields = {"buttons": 4}


def a_noun() -> str:
    """A noun that no aggregate of these tests has yet: the library takes each topic once."""
    return f"coat_{next(NUMBERS):03}"


def coat(
    noun: str,
    fields: Fields = FIELDS,
    defaults: Fields = BUTTONS,
    *,
    sewn: str = "sewn.v1",
    upcasts: Upcasts = (),
) -> type[Aggregate]:
    """An aggregate with one kind of event, which has these fields."""

    def event(body: dict[str, Any]) -> None:
        optional_last = sorted(fields, key=lambda name: name in defaults)
        annotations = {name: fields[name] for name in optional_last}
        body |= {"__annotations__": annotations, "TOPIC": f"{noun}.{sewn}", **defaults}
        body["UPCASTS"] = tuple((f"{noun}.{old}", step) for old, step in upcasts)

    def aggregate(body: dict[str, Any]) -> None:
        body |= {"TOPIC": noun, "Sewn": new_class("Sewn", (CreatedEvent,), exec_body=event)}

    return new_class("Coat", (Aggregate,), exec_body=aggregate)


def landed(noun: str) -> list[str]:
    """The lines that the event of above adds to the file, were it one of this noun."""
    other = a_noun()
    return [line.replace(other, noun) for line in stored_format([coat(other)])]


def unchanged(state: State) -> State:
    return state


def with_collar(state: State) -> State:
    data = state["data"]
    return state | {"data": data | {"collar": data["size"] // 2}}


def without_size(state: State) -> State:
    return state | {"data": state["data"] | {"size": "large"}}


COLLAR = FIELDS | {"collar": int}
ALLOWED: dict[str, tuple[Fields, Fields]] = {
    "nothing changed": (FIELDS, BUTTONS),
    "an optional field": (FIELDS | {"hood": bool | None}, BUTTONS | {"hood": None}),
    "an optional text": (FIELDS | {"story": PERMANENT | None}, BUTTONS | {"story": None}),
    "an optional field of a value": (FIELDS | {"linings": tuple[LiningWithThread, ...]}, BUTTONS),
    "a value of an enum": (FIELDS | {"colour": MoreColours}, BUTTONS),
}
REFUSED: dict[str, tuple[Fields, Fields]] = {
    "a required field": (COLLAR, BUTTONS),
    "a required field of a value": (
        FIELDS | {"linings": tuple[LiningWithRequiredThread, ...]},
        BUTTONS,
    ),
    "a field removed": ({name: FIELDS[name] for name in FIELDS if name != "size"}, BUTTONS),
    "a field renamed": (
        {("length" if name == "size" else name): FIELDS[name] for name in FIELDS},
        BUTTONS | {"length": 1},
    ),
    "another type": (FIELDS | {"size": str}, BUTTONS),
    "another type that JSON shows alike": (FIELDS | {"size": bool}, BUTTONS),
    "null is allowed": (FIELDS | {"size": int | None}, BUTTONS),
    "null is no longer allowed": (FIELDS | {"note": Erasable}, BUTTONS),
    "another default": (FIELDS, {"buttons": 6}),
    "no default": (FIELDS, {}),
    "another retention": (FIELDS | {"note": PERMANENT | None}, BUTTONS),
    "a text in clear": (FIELDS | {"note": str | None}, BUTTONS),
    "a value of an enum removed": (FIELDS | {"colour": OneColour}, BUTTONS),
    "one value instead of several": (FIELDS | {"linings": Lining}, BUTTONS),
}


@pytest.mark.parametrize("change", ALLOWED)
def test_optional_field_keeps_its_topic(change: str) -> None:
    noun = a_noun()

    assert faults(landed(noun), [coat(noun, *ALLOWED[change])]) == []


@pytest.mark.parametrize("change", REFUSED)
def test_any_other_change_of_a_topic_is_refused(change: str) -> None:
    noun = a_noun()

    assert faults(landed(noun), [coat(noun, *REFUSED[change])])


@pytest.mark.parametrize(
    ("sewn", "fields", "upcast"),
    [
        ("sewn.v2", COLLAR, with_collar),
        ("made.v1", FIELDS, unchanged),
        ("sewn.v2", FIELDS | {"size": str}, without_size),
    ],
)
def test_new_topic_with_an_upcast_may_change_anything(
    sewn: str, fields: Fields, upcast: Upcast
) -> None:
    noun = a_noun()
    changed = coat(noun, fields, sewn=sewn, upcasts=[("sewn.v1", upcast)])

    assert faults(landed(noun), [changed]) == []


def test_new_topic_without_an_upcast_is_refused() -> None:
    noun = a_noun()

    found = faults(landed(noun), [coat(noun, COLLAR, sewn="sewn.v2")])

    assert any("no event has its topic or an upcast from it" in fault for fault in found)


@pytest.mark.parametrize("upcasts", [[("sewn.v3", with_collar)], [("sewn.v1", unchanged)]])
def test_upcast_that_is_missing_or_wrong_is_refused(upcasts: Upcasts) -> None:
    noun = a_noun()

    assert faults(landed(noun), [coat(noun, COLLAR, sewn="sewn.v2", upcasts=upcasts)])


def test_enum_of_an_earlier_topic_stays_readable() -> None:
    noun = a_noun()
    fields = FIELDS | {"colour": OneColour}

    found = faults(
        landed(noun), [coat(noun, fields, sewn="sewn.v2", upcasts=[("sewn.v1", unchanged)])]
    )

    assert [fault for fault in found if "BLUE" in fault]


def test_event_removed_is_refused() -> None:
    noun = a_noun()

    assert faults(landed(noun), [coat(a_noun())])


def test_lines_of_an_earlier_topic_and_form_stay_in_the_file() -> None:
    noun = a_noun()
    before = landed(noun)
    changed = coat(noun, COLLAR, sewn="sewn.v2", upcasts=[("sewn.v1", with_collar)])
    now = stored_format([changed])

    lines = with_landed(before, now).splitlines()

    assert set(lines) == {*before, *now}
    assert [line for line in lines if line in before] == before
    assert faults(lines, [changed]) == []
