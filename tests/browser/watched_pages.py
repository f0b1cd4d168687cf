"""Pages of one test in Chromium, of which every fault is noted."""

import re
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  console.error("violates the policy", violatedDirective, blockedURI, sample))
"""
WAIT_MAX_MS = 100_000
"""A guard against waiting for ever, on a machine that does much else."""
_SETTLED = Path(__file__).with_name("settled.js").read_text()


async def wait_until_settled(page: Page) -> None:
    """Wait until a page is live, and shows what was opened in it."""
    await page.wait_for_function(_SETTLED)


class WatchedPages:
    """Opens pages of one origin, each with cookies and a storage of its own.

    Errors on the console, violations of the content security policy, exceptions of scripts and
    requests to other origins are faults.
    """

    def __init__(self, browser: Browser, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self._browser = browser
        # It says so where a test wants no service worker; and Chromium on a slow machine where it
        # shows a page without the transition that the style sheet asks for.
        self._allowed = [
            "Service Worker registration blocked by Playwright",
            "Transition was (aborted|skipped)",
        ]
        self._stack = AsyncExitStack()

    async def open(self, path: str | None = None, **options: Any) -> Page:
        """A page in a new context, at a path; ``options`` are those of Playwright's context."""
        context = await self.context(**options)
        page = await context.new_page()
        if path is not None:
            await page.goto(path)
        return page

    async def context(self, **options: Any) -> BrowserContext:
        """A context whose pages share cookies and a storage."""
        given: dict[str, Any] = {
            "base_url": self.origin,
            "locale": "en-GB",
            "timezone_id": "Europe/Paris",
            "viewport": {"width": 1280, "height": 800},
        }
        context = await self._browser.new_context(**(given | options))
        self._stack.push_async_callback(context.close)
        context.set_default_timeout(WAIT_MAX_MS)
        await context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._read)
        context.on("weberror", self._take)
        context.on("request", self._check)
        return context

    def allow(self, pattern: str) -> None:
        """Take faults with this pattern for what the test has caused."""
        self._allowed.append(pattern)

    async def close(self) -> list[str]:
        """Close all pages; returns the faults that were not allowed."""
        await self._stack.aclose()
        return [
            fault
            for fault in self.faults
            if not any(re.search(one, fault) for one in self._allowed)
        ]

    def _read(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text} {message.location}")

    def _take(self, error: WebError) -> None:
        self.faults.append(f"exception: {error.error}")

    def _check(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.origin).netloc:
            self.faults.append(f"another origin: {request.url}")
