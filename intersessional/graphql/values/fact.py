"""Facts of deviations and of refusals in the API."""

from typing import Self

from intersessional.domain.kernel.fact import Fact
from intersessional.graphql.schema.decorators import object_type


@object_type
class FactType:
    """A fact by its name: a number, or a word such as a key, a day or an id."""

    name: str
    """The name, such as `words`."""
    number: int | None
    """The value as a number; null when it is a word."""
    word: str | None
    """The value as a word; null when it is a number."""

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """The fact of an event or of a refusal."""
        return cls(name=fact.name, number=fact.number, word=fact.word)
