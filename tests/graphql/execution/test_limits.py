"""Limits on the size of a query, and the work to check them."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from intersessional.graphql.execution.limits import LimitCheck
from intersessional.graphql.execution.sizes import OperationSize, SizeMeasure
from intersessional.infra.http.documents import operation_limits
from intersessional.infra.settings import Settings
from tests.composed import installed_node

TOKENS_MAX = Settings.model_fields["query_tokens_max"].default


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return installed_node().schema.core


@pytest.fixture(scope="module")
def limits(schema: GraphQLSchema) -> LimitCheck:
    return LimitCheck(schema, operation_limits(Settings.model_construct()))


def codes(limits: LimitCheck, query: str, **variables: Any) -> list[str]:
    """The codes of the limits that a query exceeds, before it is validated."""
    document = parse(query, max_tokens=TOKENS_MAX)
    return [(error.extensions or {})["code"] for error in limits.errors(document, variables)]


def test_groups_of_a_year_with_drafts_and_comments_fit_into_one_query(
    limits: LimitCheck,
) -> None:
    query = """
        { headPosition cycle(year: 2018) {
            bpfCap { value rationale decision { meeting { label } } }
            proposals(first: 20) { totalCount nodes { title state yearOfTheme { computed } } }
            groups(first: 20) { nodes {
                name state facilitators { participant { displayName } }
                drafts(first: 2) { nodes { title comments(first: 20) { nodes { body } } } } } } } }
    """

    assert codes(limits, query) == []


def test_full_introspection_query_is_allowed(limits: LimitCheck) -> None:
    complete = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
    )

    assert codes(limits, complete) == []


def test_too_deep_query_is_refused(limits: LimitCheck) -> None:
    deep = "{ cycle(year: 2018) " + "{ groups { nodes { cycle " * 5 + "{ year }" + "} } }" * 5 + "}"

    assert codes(limits, deep) == ["QUERY_TOO_DEEP"]


def test_depth_counts_through_fragments(limits: LimitCheck) -> None:
    deep = "{ cycle(year: 2018) { ...F0 } }" + " ".join(
        f"fragment F{n} on Cycle {{ groups {{ nodes {{ cycle {{ ...F{n + 1} }} }} }} }}"
        for n in range(5)
    )

    assert codes(limits, f"{deep} fragment F5 on Cycle {{ year }}") == ["QUERY_TOO_DEEP"]


def test_long_chain_of_fragments_is_refused(limits: LimitCheck) -> None:
    chain = "".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(200))

    query = f"{{ ...F0 }} {chain} fragment F200 on Query {{ headPosition }}"

    assert codes(limits, query) == ["QUERY_TOO_DEEP"]


def test_too_many_aliases_are_refused(limits: LimitCheck) -> None:
    query = "{" + " ".join(f"a{n}: headPosition" for n in range(51)) + "}"

    assert codes(limits, query) == ["TOO_MANY_ALIASES"]


def test_aliases_in_introspection_count(limits: LimitCheck) -> None:
    query = "{" + " ".join(f"a{n}: __typename" for n in range(51)) + "}"

    assert codes(limits, query) == ["TOO_MANY_ALIASES"]


PAGES = """
    query Pages($first: Int!) { cycle(year: 2018) {
        groups(first: $first) { nodes { drafts(first: $first) { nodes { title } } } } } }
"""


@pytest.mark.parametrize(("first", "refused"), [(20, []), (100, ["QUERY_TOO_COSTLY"])])
def test_nested_pages_cost_the_product_of_their_sizes(
    limits: LimitCheck, first: int, refused: list[str]
) -> None:
    assert codes(limits, PAGES.replace("$first: Int!", "$unused: Int"), unused=first) == []
    assert codes(limits, PAGES, first=first) == refused
    assert codes(limits, PAGES.replace("first: $first", f"first: {first}")) == refused


def test_invalid_page_size_costs_no_less(limits: LimitCheck) -> None:
    for first in ("99999999999999999999", "-5", '"a"'):
        assert codes(limits, f"{{ cycles(first: {first}) {{ totalCount }} }}") == []
    huge = PAGES.replace("first: $first", "first: 99999999999999999999")

    assert codes(limits, huge) == ["QUERY_TOO_COSTLY"]


def test_repeated_introspection_is_refused(limits: LimitCheck) -> None:
    complete = "__schema { types { possibleTypes { fields { args { type { name } } } } }"
    query = "{" + " ".join(f"a{n}: {complete}}}" for n in range(20)) + "}"

    assert codes(limits, query) == ["QUERY_TOO_COSTLY"]


def test_repeated_field_is_refused(limits: LimitCheck) -> None:
    fields = "{" + "headPosition " * 1_990 + "}"
    objects = "{ cycle(year: 2018) {" + "bpfCap { cycle { year } }" * 240 + "} }"

    assert codes(limits, fields) == ["QUERY_TOO_REPETITIVE"]
    assert codes(limits, objects) == ["QUERY_TOO_REPETITIVE"]


def test_many_small_fragments_are_allowed(
    limits: LimitCheck,
) -> None:
    parts = " ".join(
        f"fragment Part{n} on Group {{ id name state cycle {{ id year }} }}" for n in range(30)
    )
    spread = " ".join(f"...Part{n}" for n in range(30))

    query = f"{{ cycle(year: 2018) {{ groups(first: 1) {{ nodes {{ {spread} }} }} }} }} {parts}"

    assert codes(limits, query) == []


HOSTILE = {
    "fragments that double at each step": "{ ...F0 }"
    + "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(90))
    + "fragment F90 on Query { headPosition }",
    "fragments that spread all later ones": "{ ...F0 }"
    + "".join(
        f"fragment F{n} on Query {{ {' '.join(f'...F{m}' for m in range(n + 1, 30))} __typename }}"
        for n in range(30)
    ),
    "fragments that spread each other": "{ ...A } fragment A on Query { ...B ...B }"
    " fragment B on Query { ...A ...A }",
    "a fragment that spreads itself below": "{ cycle(year: 1) { ...A } } fragment A on Cycle"
    " { groups { nodes { cycle { ...A } } } a: groups { nodes { cycle { ...A } } } }",
    "many fragments that overlap": "{ cycle(year: 1) {"
    + "".join(f" ...F{n}" for n in range(110))
    + "} }"
    + "".join(
        f"fragment F{n} on Cycle {{ groups {{ nodes {{ name state id }} }} }}" for n in range(110)
    ),
    "the same object again and again": "{ cycle(year: 1) {"
    + "groups { nodes { name } }" * 280
    + "} }",
    "a deep nest of nothing": "{" + "... {" * 120 + "headPosition" + "}" * 121,
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_document_is_refused_cheaply(limits: LimitCheck, query: str) -> None:
    document = parse(query, max_tokens=TOKENS_MAX)
    refused: list[Any] = []

    calls = count_calls(lambda: refused.extend(limits.errors(document, {})))

    assert refused
    assert calls < 100_000


def count_calls(work: Callable[[], object]) -> int:
    """The number of Python calls of some work: its cost on any machine."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


LEAVES = ("year", "id", "__typename", "alias: bpfCapUsed", "bpfCap { value }")


@st.composite
def fragments(draw: st.DrawFn) -> list[str]:
    """The selections of some fragments on a cycle, each of which may spread the ones after it."""
    count = draw(st.integers(1, 5))
    bodies: list[str] = []
    for place in range(count):
        spreads = [f"...F{later}" for later in range(place + 1, count)]
        groups = [f"groups(first: 3) {{ nodes {{ cycle {{ {one} }} }} }}" for one in spreads]
        choice = st.sampled_from([*LEAVES, *spreads, *groups])
        bodies.append(" ".join(draw(st.lists(choice, min_size=1, max_size=4))))
    return bodies


def inlined(bodies: list[str], place: int) -> str:
    """The selection of a fragment, with every spread replaced by its fields."""
    body = bodies[place]
    for later in range(place + 1, len(bodies)):
        if f"...F{later}" in body:
            body = body.replace(f"...F{later}", f"... on Cycle {{ {inlined(bodies, later)} }}")
    return body


@given(bodies=fragments())
def test_fragments_cost_what_their_fields_cost(
    schema: GraphQLSchema, limits: LimitCheck, bodies: list[str]
) -> None:
    defined = "".join(f" fragment F{n} on Cycle {{ {body} }}" for n, body in enumerate(bodies))
    spread = f"{{ cycle(year: 2018) {{ ...F0 }} }} {defined}"
    plain = f"{{ cycle(year: 2018) {{ {inlined(bodies, 0)} }} }}"

    assert codes(limits, spread) == codes(limits, plain)
    assert sizes(schema, spread) == sizes(schema, plain)


def test_fragments_on_other_types_cost_what_the_largest_costs(schema: GraphQLSchema) -> None:
    cycle, group = "...on Cycle { year id }", "...on Group { name cycle { year } }"

    both = sizes(schema, f"{{ node(id: 1) {{ {cycle} {group} }} }}").cost

    assert both == sizes(schema, f"{{ node(id: 1) {{ {group} }} }}").cost
    assert both > sizes(schema, f"{{ node(id: 1) {{ {cycle} }} }}").cost
    twice = f"{{ node(id: 1) {{ {group} {cycle} ...F }} }} fragment F on Group {{ id name }}"
    assert sizes(schema, twice).cost == both + 2


@pytest.mark.parametrize("node", ["Cycle", "Group"])
def test_fragment_on_an_interface_costs_beside_those_on_types(
    schema: GraphQLSchema, node: str
) -> None:
    of_type, of_all = f"...on {node} {{ id }}", "...on Node { id __typename }"

    size = sizes(schema, f"{{ node(id: 1) {{ {of_type} {of_all} }} }}")

    assert size.cost == 1 + 1 + 2


def test_what_a_page_has_once_costs_once(schema: GraphQLSchema) -> None:
    def cost(asked: str, first: int = 50) -> float:
        return sizes(schema, f"{{ cycles(first: {first}) {{ {asked} }} }}").cost

    nodes, once = "nodes { year id }", "totalCount pageInfo { hasNextPage startCursor }"
    spread = "...C } } fragment C on CycleConnection { nodes { year id totalCount: __typename"

    assert cost(nodes) == 1 + 1 + 50 * (1 + 2)
    assert cost(f"{once} {nodes}") == cost(nodes) + 1 + 3
    assert cost(f"edges {{ cursor node {{ year }} }} {nodes}") == 1 + 2 + 50 * (1 + 3 + 2)
    assert cost(spread) == 1 + 1 + 50 * (1 + 3)


def test_page_of_which_nothing_is_asked_costs_what_is_read_for_it(schema: GraphQLSchema) -> None:
    nested = "nodes { groups(first: 20) { totalCount } }"

    assert sizes(schema, "{ cycles(first: 50) { totalCount } }").cost == 1 + 1 + 50
    assert sizes(schema, f"{{ cycles(first: 50) {{ {nested} }} }}").cost == 2 + 50 * (1 + 2 + 20)


def sizes(schema: GraphQLSchema, query: str) -> OperationSize:
    """The size of the only operation of a document."""
    document = parse(query)
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    return SizeMeasure(schema, document, {}).measure(operation)
