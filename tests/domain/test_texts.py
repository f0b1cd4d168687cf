"""Checks of texts before they are sealed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import (
    COMMENT_MAX,
    MARKS_MAX,
    NAME_MAX,
    TEXT_MAX,
    validated_name,
    validated_optional_text,
    validated_slug,
    validated_text,
)
from intersessional.infra.event_store.format.canonical_json import canonical


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_can_be_recorded_or_is_refused(written: str) -> None:
    try:
        value = validated_text("body", written, 100).value or ""
    except BadValue:
        return

    assert unicodedata.is_normalized("NFC", value)
    assert 0 < len(value.encode()) <= 100
    assert canonical(value)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_name_is_on_one_line_or_refused(written: str) -> None:
    try:
        value = validated_name("title", written).value or ""
    except BadValue:
        return

    assert len(value.splitlines()) == 1


@pytest.mark.parametrize(
    ("written", "sealed"),
    [
        ("A paragraph.\n\n\tAnother one.", "A paragraph.\n\n\tAnother one."),
        ("From a form.\r\nWith two lines.", "From a form.\nWith two lines."),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\u2067\u202aABC\u202c\u2069 and on", "\u2067\u202aABC\u202c\u2069 and on"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("?", "?"),
        ("x" * TEXT_MAX, "x" * TEXT_MAX),
        ("a" + "\u0301" * MARKS_MAX, "\u00e1" + "\u0301" * (MARKS_MAX - 1)),
    ],
)
def test_text_is_sealed_as_it_was_written(written: str, sealed: str) -> None:
    assert validated_text("body", written).value == sealed


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "it is empty."),
        (" \n\t\u3000\u200b\ufeff", "it is empty."),
        ("\u3164\u115f\u1160\uffa0", "it is empty."),
        ("\u2800\u2800", "it is empty."),
        ("\U00013441", "it is empty."),
        ("\U00013442", "it is empty."),
        ("\ufffc", "it is empty."),
        ("\u0378", "it is empty."),
        ("\ue000", "it is empty."),
        ("\ufff9\ufffb", "it is empty."),
        ("\U0001d159\U00016fe4\U0001bc9d", "it is empty."),
        ("\U00013430 \U0001bca0 \U0001d173", "it is empty."),
        ("\u200d\u200c\u00ad\u2060", "it is empty."),
        ("\ufe0f\ufe0e\U000e0100", "it is empty."),
        ("\u0301\u0302", "it is empty."),
        ("\u200e\u200f", "it is empty."),
        ("\U000e0041\U000e0042", "it hides a text: U+E0041."),
        ("Agreed.\U000e0041", "it hides a text: U+E0041."),
        ("a \u202eb", "the direction control U+202E has no partner in its line."),
        ("a \u2067b\n\u2069", "the direction control U+2067 has no partner in its line."),
        ("a\u2069", "the direction control U+2069 has no partner in its line."),
        ("\u2067\u202aa\u2069\u202c", "the direction control U+2069 has no partner in its line."),
        ("a\0b", "it holds a control character."),
        ("a\rb", "it holds a control character."),
        ("a\x1b[31mb", "it holds a control character."),
        ("a\x9bb", "it holds a control character."),
        ("a\ud800b", "it holds half of a surrogate pair."),
        ("x" * (TEXT_MAX + 1), "it has 20001 bytes; 20000 are allowed."),
        ("é" * (TEXT_MAX // 2 + 1), "it has 20002 bytes; 20000 are allowed."),
        ("a" + "\u0301" * (MARKS_MAX + 1), "more than 30 marks follow one letter."),
    ],
)
def test_malformed_text_is_refused(written: str, problem: str) -> None:
    with pytest.raises(BadValue) as refused:
        validated_text("body", written)

    assert (refused.value.field, refused.value.problem) == ("body", problem)


def test_a_text_that_grows_by_normalisation_is_measured_as_it_is_sealed() -> None:
    written = "\U0001d160" * 2_000

    with pytest.raises(BadValue, match="it has 24000 bytes; 8192 are allowed"):
        validated_text("body", written, COMMENT_MAX)


def test_a_text_may_be_absent_but_not_empty() -> None:
    assert validated_optional_text("reason", None) is None

    with pytest.raises(BadValue):
        validated_optional_text("reason", "")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Ann\nMAG Chair", "it has more than one line."),
        ("Ann\tMAG Chair", "it has more than one line."),
        ("Ann\u2028MAG Chair", "it has more than one line."),
        ("Ann \u202enna", "it holds the invisible U+202E."),
        ("An\u200bn", "it holds the invisible U+200B."),
        ("An\u00adn", "it holds the invisible U+00AD."),
        ("\u2066Ann", "it holds the invisible U+2066."),
        ("Ann\U000e0041", "it holds the invisible U+E0041."),
        ("An\u200dn", "it holds the invisible U+200D."),
        ("Ann\u200c", "it holds the invisible U+200C."),
        ("Ann\ufe0f Lee", "it holds the invisible U+FE0F."),
        ("Ann\u180b", "it holds the invisible U+180B."),
        ("\ufe0fAnn", "it holds the invisible U+FE0F."),
        ("Ann\ufe0f\ufe0f", "it holds the invisible U+FE0F."),
        ("Ann \ufe0f", "it holds the invisible U+FE0F."),
        ("\u3164", "it holds the invisible U+3164."),
        ("Ann\u115f", "it holds the invisible U+115F."),
        ("An\u034fn", "it holds the invisible U+034F."),
        ("\u2800", "it holds the invisible U+2800."),
        ("Ann\u2800Lee", "it holds the invisible U+2800."),
        ("A\ufff9nn", "it holds the invisible U+FFF9."),
        ("Ann\ufffc", "it holds the invisible U+FFFC."),
        ("Ann\u0378", "it holds the invisible U+0378."),
        ("Ann\U00013430", "it holds the invisible U+13430."),
        ("Ann\U00013441", "it holds the invisible U+13441."),
        ("Ann\U00016fe4", "it holds the invisible U+16FE4."),
        ("Ann\U0001bc9d", "it holds the invisible U+1BC9D."),
        ("Ann\U0001d159", "it holds the invisible U+1D159."),
        ("Ann\u2d7f", "it holds the invisible U+2D7F."),
        ("Ann\ue000", "it holds U+E000, which names do not have (RFC 8266)."),
        ("\u0645\u0640\u0646", "it holds U+0640, which names do not have (RFC 8266)."),
        ("Ann\ud800", "it holds half of a surrogate pair."),
        ("\u3000", "it is empty."),
        ("\u200e", "it is empty."),
        ("\u0301", "it is empty."),
        ("x" * (NAME_MAX + 1), "it has 301 bytes; 300 are allowed."),
    ],
)
def test_a_name_that_hides_something_is_refused(written: str, problem: str) -> None:
    with pytest.raises(BadValue) as refused:
        validated_name("displayName", written)

    assert refused.value.problem == problem


@pytest.mark.parametrize(
    "written",
    [
        "Ann O'Neill-Łuk",
        "李小龍",
        "\u0645\u06cc\u200c\u0646",
        "\u0634\u0631\u0643\u0629\u200f (ICT)",
        "\u0915\u094d\u200d\u0937",
        "\u845b\U000e0100\u57ce",
        "\u1797\u17b6\u179f\u17b6\u200b\u1781\u17d2\u1798\u17c2\u179a",
        "\u182d\u1820\u180e\u1820",
        "\u0d9a\u0dca\u200d\u0dbb\u0dd3",
        "\u0915\u094d\u200c\u0937",
        "\u5e15\u7279\u00b7\u674e",
        "\u2801\u2803",
        "\u2764\ufe0f 1\ufe0f\u20e3 \u1820\u180b\u1821",
        "\u2d63\u2d7f\u2d63",
        "#IGF2018: R\u00e9sum\u00e9 \u00a72, 50 % \u2192 \u00bd",
    ],
)
def test_names_of_all_scripts_are_names(written: str) -> None:
    assert validated_name("displayName", written).value == written


def test_spaces_of_a_name_are_plain() -> None:
    written = "\u5c71\u7530\u3000\u592a\u90ce \u00a0\u2009Ann"

    assert validated_name("displayName", written).value == "\u5c71\u7530 \u592a\u90ce   Ann"


def test_name_that_was_typed_in_parts_is_a_name() -> None:
    parts = unicodedata.normalize("NFD", "\uae40\uccd9")

    assert validated_name("displayName", parts).value == "\uae40\uccd9"


@pytest.mark.parametrize("key", ["cybersecurity", "ipv6", "wg-mwp.2018", "x" * 80])
def test_a_key_has_lower_case_letters_digits_dots_and_hyphens(key: str) -> None:
    assert validated_slug("theme", key) == key


@pytest.mark.parametrize(
    "key", ["", "Cybersecurity", "local content", "ipv6\n", "größe", "a/b", "\u0661", "x" * 81]
)
def test_slug_of_other_characters_is_refused(key: str) -> None:
    with pytest.raises(BadValue, match="theme: use lower-case letters"):
        validated_slug("theme", key)
