"""Query documents, parsed and validated once each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from intersessional.graphql.execution import points
from intersessional.graphql.execution.errors import with_code
from intersessional.graphql.execution.limits import LimitCheck, OperationLimits
from intersessional.graphql.execution.size_check import SizeCheck
from intersessional.graphql.request.charge import Charge, free
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import is_shareable
from intersessional.tracing import span

DOCUMENTS_MAX = 1_024
CHARACTERS_MAX = 1024 * 1024
"""A parsed document takes some hundred times the memory of its text."""

_RULES = (*specified_rules, OneOfInputValidationRule)


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A parsed document with its validation errors."""

    sha256: str
    """SHA-256 of its text, in hex."""
    document: DocumentNode
    characters: int
    """The length of its text."""
    errors: tuple[GraphQLError, ...] = ()
    size_check: SizeCheck | None = None
    """Measures its operations; None where the document is invalid."""
    shareable: frozenset[str | None] = frozenset()
    """The names of the operations whose result is the same for every caller."""

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises BadRequest."""
        operation = get_operation_ast(self.document, name)
        if operation is None:
            raise BadRequest(
                "NO_SUCH_OPERATION",
                f"The document has no operation {name!r}."
                if name
                else "The document has no operation, or several: say which with operationName.",
            )
        return operation

    def cost(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """The fields that an operation resolves at most, with coerced variables.

        Raises BadRequest where that is too many.
        """
        return 0 if self.size_check is None else self.size_check.cost(operation, variables)


class ParsedDocuments:
    """Parses and validates documents, and caches the valid ones (least recently used)."""

    def __init__(
        self,
        schema: ComposedSchema,
        limits: OperationLimits,
        *,
        documents_max: int = DOCUMENTS_MAX,
        characters_max: int = CHARACTERS_MAX,
    ) -> None:
        """``characters_max`` bounds the length of all cached documents together.

        A document counts for at least the share that ``documents_max`` leaves to each.
        """
        share = characters_max // documents_max
        self._schema = schema
        self._limit_check = LimitCheck(schema.core, limits)
        self._tokens_max = limits.tokens_max
        self._cache: LRUCache[str, PreparedDocument] = LRUCache(
            characters_max, getsizeof=lambda prepared: max(prepared.characters, share)
        )

    def prepare(self, text: str, charge: Charge = free) -> PreparedDocument:
        """Parse and validate a text at a charge, or return its cached document.

        Raises GraphQLSyntaxError, and what the charge raises.
        """
        digest = sha256_of(text)
        cached = self.get(digest)
        if cached is not None:
            return cached
        charge(points.of_new_document(len(text)))
        with span("parse", characters=len(text)):
            document = parse(text, max_tokens=self._tokens_max)
            prepared = self._validate(digest, document, len(text))
        if not prepared.errors and prepared.characters <= self._cache.maxsize:
            self._cache[digest] = prepared
        return prepared

    def get(self, digest: str) -> PreparedDocument | None:
        """The cached document with this SHA-256."""
        return self._cache.get(digest)

    def _validate(self, digest: str, document: DocumentNode, characters: int) -> PreparedDocument:
        core = self._schema.core
        errors = self._limit_check.errors(document, {}) or validate(
            core, document, _RULES, hide_suggestions=not self._schema.suggests
        )
        if errors:
            return PreparedDocument(
                digest,
                document,
                characters,
                errors=tuple(with_code(error, "VALIDATION") for error in errors),
            )
        return PreparedDocument(
            digest,
            document,
            characters,
            size_check=SizeCheck(self._limit_check, document),
            shareable=frozenset(
                _name(operation)
                for operation in _operations(document)
                if is_shareable(core, document, operation)
            ),
        )


def sha256_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _operations(document: DocumentNode) -> Iterable[OperationDefinitionNode]:
    return (one for one in document.definitions if isinstance(one, OperationDefinitionNode))


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None
