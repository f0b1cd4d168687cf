"""Docstrings as descriptions of the schema."""

from dataclasses import dataclass
from enum import Enum

from intersessional.graphql.schema.descriptions import attribute_descriptions, description_of


@dataclass
class Base:
    """Something."""

    started_at: int
    """When it ``started_at``."""
    untold: int = 0


@dataclass
class Derived(Base):
    """Something more."""

    more: int = 0
    """More (DOMAIN row 7), as ``MORE_THAN_THAT``
    and over two lines.
    """


class Color(Enum):
    """How it looks."""

    RED = "red"
    """Like a rose."""
    BLUE = "blue"


def test_names_are_spelled_as_the_api_spells_them() -> None:
    assert description_of("Give ``expected_version``.") == "Give `expectedVersion`."
    assert description_of("It is ``STALE_VERSION``.") == "It is `STALE_VERSION`."


def test_notes_for_developers_are_left_out_of_descriptions() -> None:
    assert description_of("At least two (DOMAIN rows 43, 46).") == "At least two."
    assert description_of("Two (or three).") == "Two (or three)."


def test_a_docstring_is_one_paragraph_and_a_missing_one_is_nothing() -> None:
    assert description_of("One.\n\n    Two.\n    ") == "One. Two."
    assert description_of(None) == ""


def test_attributes_are_described_and_so_are_inherited_ones() -> None:
    assert attribute_descriptions(Derived) == {
        "started_at": "When it `startedAt`.",
        "more": "More, as `MORE_THAN_THAT` and over two lines.",
    }


def test_values_of_an_enumeration_are_described() -> None:
    assert attribute_descriptions(Color) == {"RED": "Like a rose."}


def test_class_made_at_runtime_is_described_like_its_bases() -> None:
    made = type("Made", (Base,), {"__module__": __name__})

    assert attribute_descriptions(made) == {"started_at": "When it `startedAt`."}
