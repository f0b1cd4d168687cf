"""Names are the same where a reader takes them for the same (RFC 8266)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.characters import is_unseen
from intersessional.domain.kernel.names import comparable_name

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
UNSEEN = (
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u3164",
    "\ufe0f",
    "\U000e0100",
    "\ufff9",
    "\ufffc",
    "\u0378",
    "\U00013430",
    "\U00013441",
    "\U00016fe4",
    "\U0001bc9d",
    "\U0001d159",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wisdom Donkor", "wisdom  DONKOR"),
        ("Wisdom Donkor", " Wisdom\u00a0Donkor "),
        ("Wisdom Donkor", "Wisdom\u2800Donkor"),
        ("Wisdom Donkor", "\uff37isdom Donkor"),
        ("Wisdom Donkor", "Wis\u00addom Donkor"),
        ("Caf\u00e9", "CAFE\u0301"),
        ("Phase IV", "Phase \u2163"),
        ("\u845b\u57ce", "\u845b\U000e0100\u57ce"),
        ("\u30ab\u30ca", "\uff76\uff85"),
        ("\u0645\u06cc\u0646", "\u0645\u06cc\u200c\u0646"),
    ],
)
def test_names_that_look_alike_are_the_same(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "Anne"), ("Stra\u00dfe", "Strasse"), ("Wisdom Donkor", "WisdomDonkor"), ("1", "l")],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert comparable_name(one) != comparable_name(other)


@given(NAMES)
def test_comparable_name_is_comparable_to_itself(name: str) -> None:
    once = comparable_name(name)

    assert comparable_name(once) == once


@given(NAMES, st.sampled_from(UNSEEN))
def test_what_is_not_seen_makes_no_other_name(name: str, unseen: str) -> None:
    assert is_unseen(unseen)
    assert comparable_name(unseen.join(name)) == comparable_name(name)
