"""Takes the picture of the page that README.md shows, from a running ``scripts/demo``.

``python -m tests.browser.picture [address of the demo]``
"""

import asyncio
import base64
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.clients.chromium import CHROMIUM, FLAGS, NO_BROWSER

FILE = Path(__file__).parents[2] / "docs" / "images" / "page.webp"
BYTES_MAX = 120_000
BLOCK = "section.block:nth-of-type(3)"
"""A paragraph with a comment on words that it still has."""
_AS_WEBP = """async (png) => {
  const bitmap = await createImageBitmap(await (await fetch(png)).blob());
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.toDataURL("image/webp", 0.8);
}"""


async def take(address: str) -> bytes:
    """A picture, in WebP, of the draft that takes comments, one thread unfolded."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        page = await browser.new_page(
            base_url=address,
            viewport={"width": 1280, "height": 900},
            locale="en",
            timezone_id="UTC",
        )
        await page.goto("/")
        await page.click(".docket h3 a")
        await page.click(f"{BLOCK} summary")
        await page.wait_for_selector(f"{BLOCK} article")
        await page.wait_for_selector("live-line[data-state=live]")
        await page.mouse.move(0, 0)
        await page.evaluate("scrollTo(0, 0)")
        png = await page.screenshot()
        picture = await _as_webp(browser, png)
        await browser.close()
        return picture


async def _as_webp(browser: Browser, png: bytes) -> bytes:
    page = await browser.new_page()
    address: str = await page.evaluate(
        _AS_WEBP, f"data:image/png;base64,{base64.b64encode(png).decode()}"
    )
    return base64.b64decode(address.partition(",")[2])


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit(NO_BROWSER)
    picture = asyncio.run(take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
    if len(picture) > BYTES_MAX:
        sys.exit(f"The picture has {len(picture)} bytes; {BYTES_MAX} are allowed.")
    FILE.write_bytes(picture)
