"""Query documents, parsed and validated once each."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    ValuesOfCorrectTypeRule,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from intersessional.graphql.execution.document_shape import check_shape
from intersessional.graphql.execution.errors import with_code
from intersessional.graphql.execution.input_points import InputUses
from intersessional.graphql.execution.limits import LimitCheck, OperationLimits
from intersessional.graphql.execution.size_check import SizeCheck
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import is_shareable

DOCUMENTS_MAX = 1_024
CHARACTERS_MAX = 384 * 1024
"""A parsed document takes some hundred times the memory of its text, so these take 40 MB."""

ERRORS_MAX = 5
"""Errors of a document that are reported: the validation of a group of rules ends with them."""

_COSTLY = (OverlappingFieldsCanBeMergedRule, ValuesOfCorrectTypeRule)
_CHEAP = [rule for rule in specified_rules if rule not in _COSTLY]
_RULES = (
    _CHEAP[: len(_CHEAP) // 2],
    _CHEAP[len(_CHEAP) // 2 :],
    (ValuesOfCorrectTypeRule, OneOfInputValidationRule),
    (OverlappingFieldsCanBeMergedRule,),
)
"""Groups of rules: each is a step."""
_AT_ONCE = ((*specified_rules, OneOfInputValidationRule),)
"""All rules in one step, which takes less time."""
_NOTHING = DocumentNode(definitions=())


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
    input_uses: InputUses | None = None
    """Measures its inputs; None where the document is invalid."""
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

    def input_points(self, variables: Mapping[str, Any]) -> int:
        """What coercing and converting the inputs costs, with coerced variables."""
        return 0 if self.input_uses is None else self.input_uses.points(variables)


class ParsedDocuments:
    """Parses and validates documents, and remembers them (least recently used), the wrong ones too.

    Of a wrong one only the errors are held.
    """

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
        self._operations_max = limits.operations_max
        self._cache: LRUCache[str, PreparedDocument] = LRUCache(
            characters_max, getsizeof=lambda prepared: max(prepared.characters, share)
        )
        self._wrong: LRUCache[str, PreparedDocument] = LRUCache(documents_max)

    def known(self, text: str) -> PreparedDocument | None:
        """The document of a text that was prepared before, valid or not."""
        digest = sha256_of(text)
        return self.get(digest) or self._wrong.get(digest)

    def get(self, digest: str) -> PreparedDocument | None:
        """The cached document with this SHA-256; a wrong one is not found by its hash."""
        return self._cache.get(digest)

    def is_valid(self, document: DocumentNode) -> bool:
        """Whether a document is valid by all rules, whatever its size."""
        return not validate(self._schema.core, document, *_AT_ONCE, max_errors=1)

    def prepare(
        self, text: str, *, trusted: bool = False, is_valid: bool = False
    ) -> PreparedDocument:
        """Parse and validate a text, or return its remembered document.

        A ``trusted`` document may have many operations and fragments. ``is_valid`` says that it
        was found valid: only its size is checked.
        """
        known = self.known(text)
        if known is not None:
            return known
        steps = self.steps(text, trusted=trusted, is_valid=is_valid)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                prepared: PreparedDocument = end.value
                return prepared

    def steps(
        self, text: str, *, trusted: bool = False, is_valid: bool = False
    ) -> Generator[None, None, PreparedDocument]:
        """Prepare a document; after each step, each of some milliseconds, others have a turn."""
        digest, characters = sha256_of(text), len(text)
        try:
            document = parse(text, max_tokens=self._tokens_max)
        except GraphQLSyntaxError as error:
            return self._wrong_document(digest, characters, [error], None)
        yield
        errors = yield from self._errors(document, trusted=trusted, is_valid=is_valid)
        if errors:
            return self._wrong_document(digest, characters, errors, "VALIDATION")
        yield
        prepared = PreparedDocument(
            digest,
            document,
            characters,
            size_check=SizeCheck(self._limit_check, document),
            input_uses=InputUses(document),
            shareable=frozenset(
                _name(operation)
                for operation in _operations(document)
                if is_shareable(self._schema.core, document, operation)
            ),
        )
        if characters <= self._cache.maxsize:
            self._cache[digest] = prepared
        return prepared

    def _errors(
        self, document: DocumentNode, *, trusted: bool, is_valid: bool
    ) -> Generator[None, None, Sequence[GraphQLError]]:
        """The first errors of a document; the cheap checks come before the costly ones."""
        too_many = check_shape(document, self._operations_max, trusted=trusted)
        if too_many is not None:
            return [too_many]
        too_large = self._limit_check.errors(document, {})
        if too_large or is_valid:
            return too_large
        for rules in _AT_ONCE if trusted else _RULES:
            yield
            errors = validate(
                self._schema.core,
                document,
                rules,
                max_errors=ERRORS_MAX,
                hide_suggestions=not self._schema.suggests,
            )
            if errors:
                return errors[:ERRORS_MAX]
        return []

    def _wrong_document(
        self,
        digest: str,
        characters: int,
        errors: Iterable[GraphQLError],
        code: str | None,
    ) -> PreparedDocument:
        bare = tuple(_without_nodes(with_code(error, code)) for error in errors)
        prepared = PreparedDocument(digest, _NOTHING, characters, errors=bare)
        self._wrong[digest] = prepared
        return prepared


def _without_nodes(error: GraphQLError) -> GraphQLError:
    """The error with its place, without the document that it is about."""
    bare = GraphQLError(error.message, extensions=error.extensions)
    bare.locations = error.locations
    return bare


def sha256_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _operations(document: DocumentNode) -> Iterable[OperationDefinitionNode]:
    return (one for one in document.definitions if isinstance(one, OperationDefinitionNode))


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None
