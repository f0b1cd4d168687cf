"""Query documents, parsed and validated once each."""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

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

from intersessional.graphql.context import Wrong
from intersessional.graphql.schema import ComposedSchema
from intersessional.infra.settings import Settings
from intersessional.infra.web.limits import Limits

DOCUMENTS_MAX = 1_024

_RULES = (*specified_rules, OneOfInputValidationRule)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that was looked at: its name for ever, what it says, and what is wrong with it."""

    hash: str
    """SHA-256 of its text, in hex."""
    document: DocumentNode
    errors: tuple[GraphQLError, ...]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises Wrong."""
        operation = get_operation_ast(self.document, name)
        if operation is None:
            raise Wrong(
                "NO_SUCH_OPERATION",
                f"The document has no operation {name!r}."
                if name
                else "The document has no operation, or several: say which with operationName.",
            )
        return operation


class Documents:
    """Parses and validates, with rules that never change, and keeps what was asked last."""

    def __init__(
        self, schema: ComposedSchema, settings: Settings, *, documents_max: int = DOCUMENTS_MAX
    ) -> None:
        """What is over the limits of the settings is refused before it is looked at closely."""
        self._schema = schema
        self._limits = Limits.of(settings, schema.core)
        self._tokens_max = settings.query_tokens_max
        self._documents_max = documents_max
        self._kept: OrderedDict[str, Prepared] = OrderedDict()

    def prepare(self, text: str) -> Prepared:
        """The document of a text. Raises GraphQLSyntaxError."""
        hash = sha256(text.encode(errors="surrogatepass")).hexdigest()
        prepared = self._kept.get(hash)
        if prepared is None:
            document = parse(text, max_tokens=self._tokens_max)
            errors = self._limits.errors(document, {}) or validate(
                self._schema.core, document, _RULES
            )
            prepared = Prepared(hash, document, tuple(errors))
            self._keep(prepared)
        else:
            self._kept.move_to_end(hash)
        return prepared

    def known(self, hash: str) -> Prepared | None:
        """The document of a hash, when it is kept."""
        return self._kept.get(hash)

    def _keep(self, prepared: Prepared) -> None:
        self._kept[prepared.hash] = prepared
        while len(self._kept) > self._documents_max:
            self._kept.popitem(last=False)
