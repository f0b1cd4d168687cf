"""Whoever writes a text reads in the API how long it may be, and in which unit."""

from collections.abc import Iterator
from typing import get_args, get_origin, get_type_hints

from intersessional.domain.command_handling.command import Command
from intersessional.graphql.schema.descriptions import attribute_descriptions
from intersessional.infra.event_store.format.plain_values import field_names
from intersessional.plugins.composition import installed_plugins
from tests.infra.event_store.event_strategies import alternatives

SHORT = ("key", "IANA", " id", "BCP 47", "name of the version", "upper case")
"""What is chosen from a list, or has a form of its own."""


def texts_of(kind: type) -> Iterator[tuple[str, str]]:
    """The texts in a command and in its values, each with its description."""
    hints, words = get_type_hints(kind), attribute_descriptions(kind)
    for name in field_names(kind):
        for hint in alternatives(hints[name]):
            inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
            if inner is str:
                yield f"{kind.__name__}.{name}", words.get(name) or ""
            elif field_names(inner):
                yield from texts_of(inner)


def test_every_text_in_a_command_says_how_long_it_may_be() -> None:
    of_all = set(field_names(Command))
    texts = {
        place: words
        for handler in installed_plugins().command_handlers
        for place, words in texts_of(handler.command)
        if place.partition(".")[2] not in of_all
        and not place.startswith(("Occurred", "Provenance", "Citation"))
    }
    silent = [
        f"{place}: {words}"
        for place, words in sorted(texts.items())
        if " bytes" not in words and not any(short in words for short in SHORT)
    ]

    assert silent == []
