"""A draft on paper has its text and the comments that are shown, and nothing to press."""

import re
from io import BytesIO
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.browser.watched_pages import WatchedPages, wait_until_settled
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHOWN = """() => Array.from(document.querySelectorAll("main .prose"))
    .filter((one) => one.checkVisibility()).map((one) => one.textContent)"""


def squeezed(text: str) -> str:
    """The text without ligatures, white space and hyphens, which a PDF has where it likes."""
    return re.sub(r"[\s\u00ad-]", "", normalize("NFKC", text))


async def test_paper_has_every_comment_that_is_shown_and_no_form(
    pages: WatchedPages, record: Recorded
) -> None:
    page = await pages.open(f"/drafts/{record.draft}", service_workers="block")
    opened = page.locator("details:has([data-number]:not([data-number='0'])) > summary")
    for summary in (await opened.all())[:3]:
        await summary.click()
    await wait_until_settled(page)
    # What is written from right to left lies in a PDF in another order.
    texts = [text for text in await page.evaluate(SHOWN) if not re.search("[\u0600-\u06ff]", text)]
    buttons = await page.locator("main form button.primary").all_text_contents()

    paper = PdfReader(BytesIO(await page.pdf()))

    printed = " ".join(sheet.extract_text() for sheet in paper.pages)
    links = re.findall(r"https://example\.org/\S+", printed)
    words = squeezed(re.sub(r"https://example\.org/\S+", "", printed))
    assert len(texts) > 30
    assert [text for text in texts if squeezed(text) not in words] == []
    assert [button for button in set(buttons) if squeezed(button) in words] == []
    assert links, "where a link leads"
    assert f"/drafts/{record.draft}".replace("-", "") in words
