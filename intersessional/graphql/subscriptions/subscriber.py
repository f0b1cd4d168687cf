"""Who subscribes, as a node shares itself out, and who pays."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from uuid import UUID

from intersessional.graphql.request.charge import NOBODY, Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A connection, and whose it is: a person's, or else that of an address."""

    connection: Hashable
    address: Hashable = None
    """The key under which limits count the client's address; None where it is not known."""
    person: UUID | None = None
    payer: Payer = field(default=NOBODY, compare=False)
    """Pays for the past that is executed for this subscriber."""

    @property
    def owner(self) -> Hashable:
        """Who has a share of the node: the person, or the address of those not signed in."""
        return self.address if self.person is None else self.person
