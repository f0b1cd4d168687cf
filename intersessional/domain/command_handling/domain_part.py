"""The part of the domain that one noun adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.rule.soft_rule import SoftRule


@dataclass(frozen=True, kw_only=True)
class DomainPart:
    """Aggregates, handlers of the commands about them, questions and soft rules."""

    aggregates: tuple[type[Aggregate], ...] = ()
    command_handlers: tuple[CommandHandler, ...] = ()
    questions: tuple[AnyQuestion, ...] = ()
    rules: tuple[SoftRule, ...] = ()

    @classmethod
    def sum(cls, parts: Iterable["DomainPart"]) -> Self:
        """All parts as one, in their order."""
        parts = tuple(parts)
        return cls(
            aggregates=tuple(kind for part in parts for kind in part.aggregates),
            command_handlers=tuple(handler for part in parts for handler in part.command_handlers),
            questions=tuple(question for part in parts for question in part.questions),
            rules=tuple(rule for part in parts for rule in part.rules),
        )
