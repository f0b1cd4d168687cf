"""Odd YAML in a data file is right, or refused with a line, a code and a sentence."""

import pytest

from intersessional.infra.importer.errors import HistoryImportError, ImportFault
from intersessional.infra.importer.history import parse_history
from intersessional.infra.importer.yaml_document import compose

ODD = {
    "an escape of half a surrogate pair": 'a: "\\ud800"',
    "an escape of no character": 'a: "\\U00110000"',
    "an escape of far more than a character": 'a: "\\UFFFFFFFF"',
    "an escape that is none": 'a: "\\xZZ"',
    "a version of 5,000 digits": f"%YAML 1.{'9' * 5_000}\n---\na: 1",
    "a directive that nobody knows": "%FOO bar\n---\na: 1",
    "a directive of tags": "%TAG ! tag:example.org,2000:\n---\na: 1",
    "a tag with bytes that are not UTF-8": "a: !<%ff> x",
    "a bomb of aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "a control character": 'a: "\x01"',
    "lists within lists": "[" * 5_000,
    "an indentation of 5,000 digits": f"a: |{'9' * 5_000}\n x",
    "two documents": "a: 1\n---\nb: 2",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_yaml_is_refused_with_a_line_and_a_code(text: str) -> None:
    with pytest.raises(HistoryImportError) as refused:
        compose("odd.yaml", f"# A data file.\n{text}" if text[0] != "%" else text)

    assert refused.value.code is ImportFault.NOT_YAML
    assert refused.value.line >= 1
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 5_000])
def test_a_number_of_5000_digits_is_refused_with_a_line(number: str) -> None:
    text = f"entries:\n  - command: OpenCycle\n    fields:\n      year: {number}\n"

    with pytest.raises(HistoryImportError) as refused:
        parse_history("odd.yaml", text)

    assert refused.value.line >= 1
    assert len(str(refused.value)) < 300


def test_an_escape_of_a_character_is_that_character() -> None:
    node = compose("fine.yaml", 'a: "\\U0001F984 \\u00e9 \\x41"')

    assert node.fields()["a"].text() == "🦄 é A"
