"""The documents of the page, each completed with the fragments that it spreads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from intersessional.graphql.execution.documents import (
    ParsedDocuments,
    PreparedDocument,
    sha256_of,
)
from intersessional.graphql.execution.limits import OperationLimits
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.page.part_files import PartFiles
from intersessional.plugins.composition import CompositionError

LIMITS = OperationLimits(tokens_max=4_000, depth_max=15, aliases_max=50, cost_max=20_000)
"""Limits of the page's own documents, whatever the settings allow to clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """One operation of the page."""

    name: str
    """The plugin and the file: ``core/draft.graphql``."""
    text: str
    operation: OperationDefinitionNode
    fragments: tuple[FragmentDefinitionNode, ...]
    """The fragments of other files that are part of its text."""
    has_own_fragments: bool
    """Whether its file has fragments beside the operation."""
    places: frozenset[str]
    """The places that it spreads."""
    is_own: bool
    """Whether all of it is of this package, whose tests have validated it."""

    @property
    def sha256(self) -> str:
        """SHA-256 of its text: browsers name it by that."""
        return sha256_of(self.text)


def compose_documents(parts: Sequence[PartFiles]) -> dict[str, PageDocument]:
    """The operations of all parts, by name. Raises CompositionError.

    A file has one operation, or only fragments, which all documents may spread.
    """
    operations: dict[str, tuple[str, DocumentNode]] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    foreign: set[str] = set()
    for files in parts:
        for file in files.names("documents", ".graphql"):
            name, text = f"{files.plugin}/{file}", files.text("documents", file)
            document = _parsed(name, text)
            if not files.is_own:
                foreign |= {name, *_fragment_names(document)}
            if any(isinstance(one, OperationDefinitionNode) for one in document.definitions):
                operations[name] = text, document
            else:
                _add_fragments(name, document, fragments)
    places = _places(parts)
    for name, fragment in places.items():
        fragments[name] = fragment
    return {
        name: _composed(name, text, document, fragments, places, foreign)
        for name, (text, document) in operations.items()
    }


def prepared_documents(
    page: Iterable[PageDocument], schema: ComposedSchema
) -> dict[str, PreparedDocument]:
    """The documents of the page, valid, by SHA-256. Raises CompositionError."""
    page = tuple(page)
    documents = ParsedDocuments(schema, LIMITS)
    together = [one for one in page if not (one.is_own or one.has_own_fragments)]
    # Where they are not, each is validated alone: that tells which of them is wrong, and why.
    are_valid = not together or documents.is_valid(_together(together))
    found: dict[str, PreparedDocument] = {}
    for one in page:
        # A plugin adds to the schema and changes nothing of it.
        is_valid = one.is_own or (are_valid and not one.has_own_fragments)
        prepared = documents.prepare(one.text, trusted=True, is_valid=is_valid)
        if prepared.errors:
            raise CompositionError(f"{one.name}: {prepared.errors[0].message}")
        found[one.sha256] = prepared
    return found


def _together(page: Sequence[PageDocument]) -> DocumentNode:
    """One document of all operations, with each fragment once: many of them spread the same."""
    operations = [one.operation for one in page]
    fragments = {each.name.value: each for one in page for each in one.fragments}
    return DocumentNode(definitions=(*operations, *fragments.values()))


def _parsed(name: str, text: str) -> DocumentNode:
    try:
        return parse(text)
    except GraphQLError as error:
        raise CompositionError(f"{name}: {error.message}") from error


def _add_fragments(
    name: str, document: DocumentNode, fragments: dict[str, FragmentDefinitionNode]
) -> None:
    for one in document.definitions:
        if isinstance(one, FragmentDefinitionNode):
            if one.name.value in fragments:
                raise CompositionError(f"{name} defines the fragment {one.name.value} again.")
            fragments[one.name.value] = one


def _fragment_names(document: DocumentNode) -> Iterator[str]:
    for one in document.definitions:
        if isinstance(one, FragmentDefinitionNode):
            yield one.name.value


def _places(parts: Sequence[PartFiles]) -> dict[str, FragmentDefinitionNode]:
    """A fragment for each place, which spreads those of its slots."""
    kinds = {place: kind for files in parts for place, kind in files.part.places.items()}
    spreads: dict[str, list[str]] = {place: ["__typename"] for place in kinds}
    for files in parts:
        for slot in files.part.slots:
            name = f"{files.plugin}/{slot.document}"
            document = _parsed(name, files.text("documents", slot.document))
            match document.definitions:
                case [FragmentDefinitionNode() as one] if (
                    one.type_condition.name.value == kinds[slot.place]
                ):
                    spreads[slot.place].append(f"...{one.name.value}")
                case _:
                    raise CompositionError(
                        f"{name} is not one fragment on {kinds[slot.place]}, as the place "
                        f"{slot.place} needs it."
                    )
    found: dict[str, FragmentDefinitionNode] = {}
    for place, kind in kinds.items():
        [fragment] = parse(
            f"fragment {place} on {kind} {{ {' '.join(spreads[place])} }}"
        ).definitions
        assert isinstance(fragment, FragmentDefinitionNode)
        found[place] = fragment
    return found


def _composed(
    name: str,
    text: str,
    document: DocumentNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    places: Mapping[str, FragmentDefinitionNode],
    foreign: Set[str],
) -> PageDocument:
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if len(operations) > 1:
        raise CompositionError(f"{name} has {len(operations)} operations; it can have one.")
    needed = _needed(document.definitions, fragments)
    texts = [text.strip(), *(print_ast(fragments[one]) for one in needed)]
    return PageDocument(
        name=name,
        text="\n\n".join(texts) + "\n",
        operation=operations[0],
        fragments=tuple(fragments[one] for one in needed),
        has_own_fragments=len(document.definitions) > 1,
        places=frozenset(needed) & places.keys(),
        is_own=name not in foreign and foreign.isdisjoint(needed),
    )


def _needed(nodes: Iterable[Node], fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """The names of the fragments that nodes spread, and those that these spread."""
    needed: list[str] = []
    waiting = [name for node in nodes for name in _spread(node)]
    while waiting:
        name = waiting.pop(0)
        if name in fragments and name not in needed:
            needed.append(name)
            waiting += _spread(fragments[name])
    return needed


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)


def _spread(node: Node) -> list[str]:
    found = _Spreads()
    visit(node, found)
    return found.names
