"""Every refusal has a stable code and a sentence, and is expected by a test."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intersessional.domain.history_import.refusals import HistoryRefused, OutcomeChanged
from intersessional.domain.kernel.refusals import (
    COMMON_REFUSALS,
    IMPORT_REFUSALS,
    CommandReused,
    Refused,
)
from intersessional.plugins.core import CORE

DECLARED: set[type[Refused]] = {
    *COMMON_REFUSALS,
    *IMPORT_REFUSALS,
    *(refused for answer in CORE.command_handlers for refused in answer.refuses),
}
REFUSALS = sorted(DECLARED, key=lambda refused: refused.code)
TESTS = Path(__file__).parents[1] / "domain"
NOT_BY_HANDLERS = {CommandReused, HistoryRefused, OutcomeChanged}
"""Refusals of the command bus, and of the importer."""


def expected_in(file: Path) -> Iterator[str]:
    """The names of everything that a test expects with all its facts."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


@pytest.mark.parametrize("refused", REFUSALS)
def test_refusal_has_a_unique_code(refused: type[Refused]) -> None:
    assert "code" in vars(refused)
    assert re.fullmatch("[A-Z]+(_[A-Z]+)*", refused.code)
    assert [other for other in REFUSALS if other.code == refused.code] == [refused]


@pytest.mark.parametrize("refused", REFUSALS)
def test_refusal_is_a_dataclass_of_its_facts(refused: type[Refused]) -> None:
    assert dataclasses.is_dataclass(refused)
    assert re.fullmatch(r"\S.*[.}]", refused.sentence)
    assert "sentence" in vars(refused)
    assert re.fullmatch(r"[A-Z].*\.", " ".join((inspect.getdoc(refused) or "").split()))


def test_every_refusal_of_the_domain_is_declared() -> None:
    domain = {
        kind
        for kind in Refused.__subclasses__()
        if kind.__module__.startswith("intersessional.domain")
    }

    assert domain == set(REFUSALS)


def test_every_refusal_is_expected_by_a_test_of_the_domain() -> None:
    expected = {name for file in TESTS.glob("test_*.py") for name in expected_in(file)}

    assert {refused.__name__ for refused in DECLARED - NOT_BY_HANDLERS} <= expected
