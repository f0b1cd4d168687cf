"""The page of errors has every code that a client can get, once, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intersessional.domain.kernel.refusals import Refused
from intersessional.infra.importer.errors import ImportFault
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import installed_plugins
from tests.composed import installed_node

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "intersessional"
PAGE = (ROOT / "docs" / "errors.md").read_text()

ANSWERING = (
    *("graphql", "infra/auth/errors.py", "infra/connections", "infra/http", "infra/page"),
    *("infra/rate_limits", "infra/sse", "infra/websocket"),
)
NO_CODES = {
    *("CONNECT", "HEAD", "OPTIONS", "POST", "TCP4", "TCP6", "UNKNOWN", "WEBSOCKET", "MMMM"),
    *("NEWEST_FIRST", "OLDEST_FIRST"),
}
"""Words in capital letters that are no codes: methods, families of addresses, formats, orders."""


def kinds(kind: type[Refused]) -> Iterator[type[Refused]]:
    for child in kind.__subclasses__():
        yield child
        yield from kinds(child)


def refusals() -> dict[str, str]:
    """The sentence of each refusal, by its code."""
    assert installed_plugins().plugins
    own = (one for one in kinds(Refused) if one.__module__.startswith("intersessional."))
    return {one.code: one.sentence for one in own}


def words_in(*places: str) -> set[str]:
    """The constants in capital letters in files of the package."""
    files = [file for place in places for file in files_of(PACKAGE / place)]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text())))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {
        one for one in texts if isinstance(one, str) and re.fullmatch(r"[A-Z][A-Z\d_]{3,}", one)
    }


def files_of(place: Path) -> list[Path]:
    return [*place.rglob("*.py")] if place.is_dir() else [place]


def values_of_the_schema() -> set[str]:
    """The values of enums, which are data and no errors."""
    types = installed_node().schema.core.type_map.values()
    return {name for kind in types for name in getattr(kind, "values", ())}


def codes() -> set[str]:
    settings = {str(field.alias) for field in Settings.model_fields.values()}
    no_codes = NO_CODES | settings | values_of_the_schema() - set(refusals())
    answered = words_in(*ANSWERING) - no_codes
    return {*answered, *refusals(), *ImportFault}


def codes_of_the_page() -> list[str]:
    return re.findall(r"^\| `([A-Z\d_]+)` \|", PAGE, re.MULTILINE)


def test_page_has_every_code_once_and_no_other() -> None:
    assert sorted(codes_of_the_page()) == sorted(codes())


@pytest.mark.parametrize("code", sorted(refusals()))
def test_refusal_stands_there_with_its_sentence(code: str) -> None:
    assert f"| `{code}` | {refusals()[code]} |" in PAGE
