"""HTML of texts: what it shows is what was written, and it can do no harm."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.inline_markdown import plain_text
from intersessional.domain.kernel.texts import COMMENT_MAX
from intersessional.graphql.values.html import comment_html, inline_html

INLINE = {"a", "br", "code", "em", "strong"}
BLOCKS = {"blockquote", "li", "ol", "p", "pre", "ul"}
LINK = {"rel": "nofollow noopener noreferrer ugc"}

PIECES = st.sampled_from(
    [
        *("*", "**", "_", "`", "```\n", "[", "](", ")", "<", ">", "!", "\\", "&", ";", "#", "\n"),
        *("- ", "> ", "1. ", "    ", "\n\n", "---\n", "word", " ", '"', "'", "e\u0301\u0302"),
        *("](https://igf.example)", "](javascript:alert(1))", "](data:text/html,x)", "![x](//y)"),
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
        *("<a href='javascript:x'>", "</p>", "<!--", "]]>", "&#x202e;", "&lt;b&gt;", "<!DOCTYPE"),
        *("<https://igf.example/%E2%80%AE>", "<javascript:x>", "\u202e", "\u2066", "\U0001f642"),
    ]
)
MARKDOWN = st.lists(PIECES, max_size=30).map("".join) | st.text()


class Shown(HTMLParser):
    """The elements, the links and the text content of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs))
        else:
            assert [name for name, _ in attrs] in ([], ["start"])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


def assert_harmless(shown: Shown, tags: set[str]) -> None:
    assert shown.tags <= tags
    for link in shown.links:
        href = link.pop("href")
        assert href is not None
        assert href.startswith(("http://", "https://", "mailto:"))
        assert link == LINK


@given(MARKDOWN)
def test_text_content_of_a_block_is_its_plain_text(source: str) -> None:
    shown = Shown(inline_html(source))

    assert shown.text == plain_text(source)
    assert_harmless(shown, INLINE)


@given(MARKDOWN)
def test_html_of_a_comment_bears_no_script(source: str) -> None:
    assert_harmless(Shown(comment_html(source)), INLINE | BLOCKS)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One.\n\n*Two*,\nthree.", "<p>One.</p>\n<p><em>Two</em>,<br>\nthree.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("> said\n\nanswered", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>answered</p>\n"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("# A\n\nB\n===", "<p># A</p>\n<p>B<br>\n===</p>\n"),
        ("    not code", "<p>not code</p>\n"),
        ("[a]: https://igf.example", "<p>[a]: https://igf.example</p>\n"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        (
            "![a](https://igf.example 'hover')",
            f'<p>!<a href="https://igf.example" rel="{LINK["rel"]}">a</a></p>\n',
        ),
        ("[](https://igf.example) [\u200b](https://igf.example)", "<p> \u200b</p>\n"),
    ],
)
def test_html_of_a_comment(source: str, html: str) -> None:
    assert comment_html(source) == html


@pytest.mark.parametrize("unit", ["> ", "- ", "1. ", "> - ", ">", "[", "*a _b ", "a\u0301"])
def test_comment_that_nests_deeply_shows_all_its_words(unit: str) -> None:
    source = (unit * COMMENT_MAX)[: COMMENT_MAX - 3] + "end"

    assert "end" in Shown(comment_html(source)).text


def test_text_with_more_markup_than_is_read_is_shown_as_it_was_written() -> None:
    source = "*a* " * 300 + "[b](https://igf.example) " * 300

    assert Shown(inline_html(source)).text == plain_text(source) == source
