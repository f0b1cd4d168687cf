"""The plain text of a text with inline Markdown: what passages count in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.inline_markdown import inline_tokens, plain_text

MARKUP = st.text(st.sampled_from("*_`[]()<>!\\&;:/#ab \n\"'é\u0301\u202e\U0001f642")) | st.text()


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("No markup.", "No markup."),
        ("*one* **two** `three`", "one two three"),
        ("***both*** _a_ __b__ snake_case", "both a b snake_case"),
        ("[the IGF](https://intgovforum.org 'a title')", "the IGF"),
        ("<https://igf.example/a?b=c> <a@igf.example>", "https://igf.example/a?b=c a@igf.example"),
        ("one\ntwo  \nthree\\\nfour\n\nfive", "one\ntwo\nthree\nfour\n\nfive"),
        (r"2 \* 3 \_ \[x\]", "2 * 3 _ [x]"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`` a ` b `` `*c*`", "a ` b *c*"),
        ("# No heading\n- no list\n> no quote", "# No heading\n- no list\n> no quote"),
        ("<b onclick='x'>raw</b>", "<b onclick='x'>raw</b>"),
        ("&amp; &#x202e; &copy;", "&amp; &#x202e; &copy;"),
        ("![a picture](https://igf.example/p.png)", "!a picture"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,x) [y](/local)", "[x](data:text/html,x) [y](/local)"),
        ("<https://igf.example/%E2%80%AE>", "https://igf.example/%E2%80%AE"),
        ("[a][b]\n\n[b]: https://igf.example", "[a][b]\n\n[b]: https://igf.example"),
        ("e*\u0301*", "e\u0301"),
        ("\u0645*\u0631*\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627"),
        ("**\u4e92\u8054\u7f51**\u6cbb\u7406", "\u4e92\u8054\u7f51\u6cbb\u7406"),
        ("", ""),
    ],
)
def test_the_plain_text_is_the_text_without_its_markup(source: str, plain: str) -> None:
    assert plain_text(source) == plain


@given(MARKUP)
def test_no_markup_brings_a_character_that_was_not_written(source: str) -> None:
    # A carriage return is a line feed in Markdown, and U+0000 a replacement character. Within code
    # the end of a line is a space.
    written = {*source.replace("\r", "\n").replace("\0", "\ufffd")}
    written |= {" "} if "\n" in written and "`" in written else set()
    assert {*plain_text(source)} <= written


@given(MARKUP)
def test_only_links_to_the_web_and_to_addresses_are_links(source: str) -> None:
    links = [str(one.attrs["href"]) for one in inline_tokens(source) if one.type == "link_open"]
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)


@pytest.mark.parametrize("unit", ["[", "![", "](", "*", "_*", "`", "<", "[a](https://b.c ", "*_["])
def test_nested_markup_ends_and_loses_no_letter(unit: str) -> None:
    assert plain_text(unit * 2_000 + "end").endswith("end")
