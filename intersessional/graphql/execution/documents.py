"""Query documents, parsed and validated once each."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from intersessional.graphql.execution.errors import with_code
from intersessional.graphql.execution.limits import OperationLimits
from intersessional.graphql.relay.connection import FIRST_MAX
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import is_shareable
from intersessional.infra.settings import Settings

DOCUMENTS_MAX = 1_024
CHARACTERS_MAX = 1024 * 1024
"""A parsed document is some hundred times as large as its text."""

_RULES = (*specified_rules, OneOfInputValidationRule)


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that was looked at: its name for ever, what it says, and what is wrong with it."""

    hash: str
    """SHA-256 of its text, in hex."""
    document: DocumentNode
    errors: tuple[GraphQLError, ...] = ()
    by_length: OperationLimits | None = None
    """What it must keep to, where that depends on the lengths of pages in its variables."""
    for_everyone: frozenset[str | None] = frozenset()
    """The names of its operations that provably answer everyone the same."""

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

    def check(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> None:
        """Raise Wrong where these variables make the operation too large."""
        if self.by_length is not None:
            lengths = {
                one.variable.name.value: int(one.default_value.value)
                for one in operation.variable_definitions or ()
                if isinstance(one.default_value, IntValueNode)
            }
            for error in self.by_length.errors(self.document, {**lengths, **variables}):
                raise error


class ParsedDocuments:
    """Parses and validates, with rules that never change, and keeps what was asked last."""

    def __init__(
        self,
        schema: ComposedSchema,
        settings: Settings,
        *,
        documents_max: int = DOCUMENTS_MAX,
        characters_max: int = CHARACTERS_MAX,
    ) -> None:
        """What is over the limits of the settings is refused before it is looked at closely."""
        self._schema = schema
        self._limits = OperationLimits.of(settings, schema.core)
        self._tokens_max = settings.query_tokens_max
        self._documents_max = documents_max
        self._characters_max = characters_max
        self._characters = 0
        self._kept: OrderedDict[str, tuple[PreparedDocument, int]] = OrderedDict()

    def prepare(self, text: str) -> PreparedDocument:
        """The document of a text. Raises GraphQLSyntaxError."""
        hash = hash_of(text)
        known = self.known(hash)
        if known is not None:
            return known
        document = parse(text, max_tokens=self._tokens_max)
        prepared = self._look_at(hash, document)
        if not prepared.errors:
            self._keep(prepared, len(text))
        return prepared

    def known(self, hash: str) -> PreparedDocument | None:
        """The document of a hash, when it is kept; only what is valid ever is."""
        if hash not in self._kept:
            return None
        self._kept.move_to_end(hash)
        return self._kept[hash][0]

    def _look_at(self, hash: str, document: DocumentNode) -> PreparedDocument:
        core = self._schema.core
        errors = self._limits.errors(document, {}) or validate(
            core, document, _RULES, hide_suggestions=not self._schema.suggests
        )
        if errors:
            return PreparedDocument(
                hash, document, tuple(with_code(error, "VALIDATION") for error in errors)
            )
        longest = dict.fromkeys(_variables(document), FIRST_MAX)
        too_long = bool(longest) and bool(self._limits.errors(document, longest))
        return PreparedDocument(
            hash,
            document,
            by_length=self._limits if too_long else None,
            for_everyone=frozenset(
                _name(one) for one in _operations(document) if is_shareable(core, document, one)
            ),
        )

    def _keep(self, prepared: PreparedDocument, characters: int) -> None:
        self._kept[prepared.hash] = prepared, characters
        self._characters += characters
        while len(self._kept) > self._documents_max or self._characters > self._characters_max:
            _, (_, gone) = self._kept.popitem(last=False)
            self._characters -= gone


def hash_of(text: str) -> str:
    """The name of a document: SHA-256 of its text in UTF-8, in hex."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _operations(document: DocumentNode) -> Iterable[OperationDefinitionNode]:
    return (one for one in document.definitions if isinstance(one, OperationDefinitionNode))


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


def _variables(document: DocumentNode) -> Iterable[str]:
    for one in _operations(document):
        for definition in one.variable_definitions or ():
            yield definition.variable.name.value
