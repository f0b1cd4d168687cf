"""The page of a draft in Chromium, against what it could cost at least: five ratios.

First paint on a slow line with a slow processor, against the same text alone. A comment in another
page, against its answer. One more comment in a list of many, against one in a short list. The bytes
of the page, against those of the words that are read in it. Pages a second from a kept answer,
against an empty page of Starlette. The record is in the database of DATABASE_URL, or in an embedded
one in a new directory; the browser is the machine's Chromium.
"""

import argparse
import asyncio
import gzip
import statistics
import time
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import uvloop
from playwright.async_api import Browser, Page, async_playwright

from bench.prose import publish_prose
from bench.recorded_draft import CLIENTS, RecordedDraft, open_recorded_draft
from bench.rounds import Contender, run_rounds
from bench.servers import Server, our_server, server
from tests.clients.chromium import CHROMIUM, FLAGS

LIVE = "live-line[data-state=live]"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms, 400 kbit/s."""
SLOWER_CPU = 4
GZIP = b"\x1f\x8b"
"""What compressed pages begin with."""
MANY = 2_000
KEPT, EMPTY = "draft, from a kept answer", "empty page"
SHOWN = 20
"""Comments of which the way into another page is measured."""
PAINTED = """() => new Promise((painted) => new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
        if (name === "first-contentful-paint") painted(startTime);
}).observe({ type: "paint", buffered: true }))"""
LOADED = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .reduce((sum, one) => sum + one.transferSize, 0)"""
NOTE_TIMES = """() => {
    window.seen = {};
    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes)
            if (node.dataset?.comment) window.seen[node.dataset.comment] ??= Date.now();
    }).observe(document.querySelector("#general"), { childList: true, subtree: true });
}"""
APPEND = """(times) => Array.from({ length: times }, () => {
    const node = { id: crypto.randomUUID(), position: 0, author: { displayName: "Ana" },
        occurred: { at: new Date().toISOString(), precision: "INSTANT" },
        bodyHtml: "<p>One more.</p>", body: "One more.", bodyStatus: "GIVEN",
        blocks: [], passages: [], replies: [] };
    const began = performance.now();
    const detail = { commentEvents: { event: { topic: "comment.posted.v1" }, node } };
    document.dispatchEvent(new CustomEvent("live", { detail }));
    document.body.getBoundingClientRect();
    return performance.now() - began;
})"""


def origin(of: Server) -> str:
    """Where the pages of a server are."""
    url = urlsplit(of.url)
    return f"{url.scheme}://{url.netloc}"


async def opened(browser: Browser, url: str, *, slow: bool = False) -> Page:
    """A page in a context of its own."""
    context = await browser.new_context(service_workers="block")
    page = await context.new_page()
    if slow:
        session: Any = await context.new_cdp_session(page)
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", SLOW)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    await page.goto(url)
    return page


async def first_paint_ms(browser: Browser, url: str) -> float:
    """When something is painted on a slow line."""
    page = await opened(browser, url, slow=True)
    painted: float = await page.evaluate(PAINTED)
    await page.context.close()
    return painted


async def post(
    record: RecordedDraft, url: str, count: int, client: int = 0
) -> list[tuple[str, float, float]]:
    """Comment on the draft as one client: ids, and when each was sent and answered, in ms."""
    found: list[tuple[str, float, float]] = []
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        for number in range(count):
            sent = record.comment(url, client, f"Number {number}.")
            head, _, body = sent.partition(b"\r\n\r\n")
            token = head.rpartition(b"Authorization: ")[2].split(b"\r\n")[0].decode()
            began = time.time()
            headers = {"Authorization": token, "Content-Type": "application/json"}
            answer = await http.post(url, content=body, headers=headers)
            ended = time.time()
            posted = answer.json()["data"]["postComment"]
            found.append((posted["comment"]["id"], began * 1_000, ended * 1_000))
    return found


async def shown_to_answered(browser: Browser, record: RecordedDraft, ours: Server) -> list[float]:
    """How much later than its answer a comment is in another page, as ratios from its sending."""
    page = await opened(browser, f"{origin(ours)}/drafts/{record.draft}")
    await page.wait_for_selector(LIVE)
    await page.evaluate(NOTE_TIMES)
    posted = await post(record, ours.url, SHOWN)
    await page.wait_for_selector(f'#general article[data-comment="{posted[-1][0]}"]')
    seen: dict[str, float] = await page.evaluate("window.seen")
    await page.context.close()
    return [max(seen[id] - began, 0.0) / (ended - began) for id, began, ended in posted]


async def one_more_ms(browser: Browser, record: RecordedDraft, ours: Server) -> float:
    """How long a page takes to show one more comment."""
    page = await opened(browser, f"{origin(ours)}/drafts/{record.draft}")
    await page.wait_for_selector(LIVE)
    times: list[float] = await page.evaluate(APPEND, SHOWN)
    await page.context.close()
    return statistics.median(times)


def show(name: str, ratios: Sequence[float], reach: str = "") -> None:
    """Print a ratio: median, least and greatest."""
    middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
    reached = f"   reach {reach}" if reach else ""
    print(f"{name:52s} {middle:6.2f} {least:6.2f} {most:6.2f}{reached}", flush=True)


async def load(browser: Browser, address: str, name: str, reach: str = "") -> str:
    """Print the bytes of a page, and of a first load, to those of its words; answers its text."""
    page = await opened(browser, address)
    await page.wait_for_load_state("networkidle")
    text = await page.locator("main").inner_text()
    words = "\n".join(await page.locator("main .prose").all_inner_texts())
    loaded: int = await page.evaluate(LOADED)
    own: int = await page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    await page.context.close()
    compressed = len(gzip.compress(words.encode(), 9))
    print(f"{name}: {loaded:,} bytes loaded, {own:,} of them the page, its words {compressed:,}")
    show(f"bytes of the page, to its words compressed, {name}", [own / compressed], reach)
    show("  all that is loaded at first", [loaded / compressed])
    return text


async def compare(
    record: RecordedDraft, prose: UUID, ours: Server, browser: Browser, rounds: int
) -> None:
    """Measure everything, and print the ratios."""
    address = f"{origin(ours)}/drafts/{record.draft}"
    text = await load(browser, address, "illustration")
    await load(browser, f"{origin(ours)}/drafts/{prose}", "prose", "≤ 3")
    html = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line)
    show("in another page, to the answer", await shown_to_answered(browser, record, ours), "≤ 2")
    few = [await one_more_ms(browser, record, ours) for _ in range(rounds)]
    async with server("-m", "bench.empty_page", html) as empty:
        paints = [
            await first_paint_ms(browser, address)
            / await first_paint_ms(browser, f"{origin(empty)}/text")
            for _ in range(rounds)
        ]
        show("first paint, slow line, to that of the text alone", paints, "≤ 1.6")
        contenders = {
            EMPTY: _pages(empty, f"{origin(empty)}/", b"</title>"),
            KEPT: _pages(ours, address, GZIP),
        }
        runs = await run_rounds(contenders, rounds)
    pairs = [*zip(runs[KEPT], runs[EMPTY], strict=True)]
    rates = [mine.rate / empty.rate for mine, empty in pairs]
    show("pages from a kept answer, to empty ones", rates, "≥ 0.3")
    show("  by processor time", [empty.cpu_us / mine.cpu_us for mine, empty in pairs], "≥ 0.3")
    queues = [post(record, ours.url, MANY // CLIENTS, client) for client in range(CLIENTS)]
    await asyncio.gather(*queues)
    ratios = [await one_more_ms(browser, record, ours) / one for one in few]
    show(f"one more comment of {MANY:,}, to one of a few", ratios, "≤ 1.5")


def _pages(of: Server, url: str, expected: bytes) -> Contender:
    parts = urlsplit(url)
    lines = [
        f"GET {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
    ]
    asked = "\r\n".join([*lines, "", ""]).encode()
    return Contender(server=of, ask=lambda _: asked, expected=expected, clients=8, requests=4_000)


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    if CHROMIUM is None:
        raise SystemExit("No browser is here: install Chromium.")
    async with open_recorded_draft() as record:
        prose = await publish_prose(record)
        async with our_server(record.dsn) as ours, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
            await compare(record, prose, ours, browser, rounds)
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how many count (5)")
    uvloop.run(main(parser.parse_args().rounds))
