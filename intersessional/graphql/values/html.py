"""HTML of texts that are written in Markdown, safe to be shown as it is."""

from collections.abc import Hashable, Sequence

import nh3
from cachetools import LRUCache, cached
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from intersessional.domain.kernel.characters import is_visible
from intersessional.domain.kernel.inline_markdown import INLINE_RULES, NESTED_MAX, Markdown

_BLOCK_RULES = ("blockquote", "fence", "list")
"""Headings, rules and indented code are not read, nor definitions of links, which nobody sees."""
_INLINE_TAGS = {"a", "br", "code", "em", "strong"}
_BLOCK_TAGS = {"blockquote", "li", "ol", "p", "pre", "ul"}
_CACHED_MAX = 4_000_000
"""Characters of HTML that are not made again for the same text, in each of two caches."""
_CLEANER = nh3.Cleaner(
    tags=_INLINE_TAGS | _BLOCK_TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer ugc",
)


class _Renderer(RendererHTML):
    """Makes HTML of tokens; a link in which nothing is seen is none, for nobody could name it."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The start of a link, or nothing; then the sanitiser leaves out its end."""
        for token in tokens[idx:]:
            if token.type == "link_close":
                return ""
            if any(map(is_visible, token.content)):
                break
        return self.renderToken(tokens, idx, options, env)


_PARAGRAPHS = Markdown(INLINE_RULES, _Renderer)
_BLOCKS = Markdown((*INLINE_RULES, *_BLOCK_RULES), _Renderer)


@cached(LRUCache[Hashable, str](_CACHED_MAX, getsizeof=len))
def inline_html(source: str) -> str:
    """The HTML of inline Markdown, to stand in a block; its text content is ``plain_text``."""
    return _CLEANER.clean(_PARAGRAPHS.renderInline(source))


@cached(LRUCache[Hashable, str](_CACHED_MAX, getsizeof=len))
def comment_html(source: str) -> str:
    """The HTML of a comment: paragraphs, lists, quotes and code, with inline Markdown in them.

    A text that nests them too deeply has paragraphs only: the parser would leave out the rest.
    """
    tokens = _BLOCKS.parse(source)
    if any(token.level >= NESTED_MAX - 1 for token in tokens):
        return _CLEANER.clean(_PARAGRAPHS.render(source))
    return _CLEANER.clean(_BLOCKS.renderer.render(tokens, _BLOCKS.options, {}))
