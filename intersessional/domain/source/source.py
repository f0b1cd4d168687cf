"""A source that imported events rest on."""

from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import (
    validated_optional_text,
    validated_slug,
    validated_text,
)


class Source(Aggregate):
    """A source in which a fact can be looked up."""

    TOPIC = "source"

    class Listed(CreatedEvent):
        """A source became known under a key."""

        TOPIC = "source.listed.v1"
        key: str
        title: Permanent
        location: Permanent | None

    @classmethod
    def register(cls, act: Act, *, key: str, title: str, location: str | None = None) -> Self:
        """Register a source under its key. Raises BadValue."""
        return cls.create(
            cls.Listed,
            id=cls.id_of(key),
            act=act,
            key=key,
            title=validated_text("title", title),
            location=validated_optional_text("location", location),
        )

    @staticmethod
    def id_of(key: str) -> UUID:
        """The id of the source with this key. Raises BadValue."""
        return source_id(validated_slug("key", key))
