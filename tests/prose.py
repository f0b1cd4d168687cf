"""Real prose, for drafts as long as one that is worked on: the words of our documents."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

PARAGRAPHS, PARAGRAPH_WORDS, COMMENT_WORDS = 40, 90, 40
_DOCUMENTS = Path(__file__).parent.parent / "docs"
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[.,;:]?")


class Prose:
    """The words of all documents, again and again."""

    def __init__(self) -> None:
        texts = (path.read_text() for path in sorted(_DOCUMENTS.rglob("*.md")))
        self._words = itertools.cycle(_WORD.findall(" ".join(texts)))

    def text(self, count: int) -> str:
        """The next words."""
        return " ".join(itertools.islice(self._words, count))

    def paragraphs(self) -> list[str]:
        """The paragraphs of a draft."""
        return [self.text(PARAGRAPH_WORDS) for _ in range(PARAGRAPHS)]

    def comments(self, count: int) -> Iterator[str]:
        """The bodies of so many comments."""
        return (self.text(COMMENT_WORDS) for _ in range(count))
