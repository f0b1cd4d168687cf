"""Bodies: what owns a document, gets it forwarded, or takes over the work of a group."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_name


class BodyKind(Enum):
    """The kinds of body."""

    MAG = "MAG"
    """The Multistakeholder Advisory Group."""
    SECRETARIAT = "SECRETARIAT"
    """The IGF Secretariat."""
    GROUP = "GROUP"
    """An intersessional group of the record."""
    OTHER = "OTHER"
    """Another body, by its name."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body: one of the Forum, a group by its id, or another by its name."""

    kind: BodyKind
    group_id: UUID | None = None
    name: Permanent | None = None

    def check(self, field: str) -> None:
        """Check that a group has an id, another body a name, and no body both. Raises BadValue."""
        if (self.group_id is not None) != (self.kind is BodyKind.GROUP):
            raise BadValue(field=f"{field}.group", problem="a group has one, no other body has.")
        if (self.name is not None) != (self.kind is BodyKind.OTHER):
            problem = "another body has one; the MAG, the Secretariat and groups have none."
            raise BadValue(field=f"{field}.name", problem=problem)

    @classmethod
    def of_group(cls, group_id: UUID) -> "Body":
        """The group with this id, as a body."""
        return cls(kind=BodyKind.GROUP, group_id=group_id)


MAG = Body(kind=BodyKind.MAG)


@dataclass(frozen=True, kw_only=True)
class NamedBody:
    """A body: with its id if it is a group, and with its name if it is another body."""

    kind: BodyKind
    """The kind of body."""
    group: UUID | None = None
    """The group, by its id."""
    name: str | None = None
    """The name of another body; at most 300 bytes in UTF-8."""

    def validated(self, field: str) -> Body:
        """The body, for events. Raises BadValue, naming the field that holds it."""
        name = validated_optional_name(f"{field}.name", self.name)
        body = Body(kind=self.kind, group_id=self.group, name=name)
        body.check(field)
        return body
