"""A real browser on pages we built, watched for what none of them may ever do."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
    WebError,
    sync_playwright,
)

Size = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]

SIZES: dict[Size, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the system."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        try:
            yield browser
        finally:
            browser.close()


class _Host(SimpleHTTPRequestHandler):
    """A static host: silent, and browsers may keep what they have."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name for it
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any static host would; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Reader:
    """Someone who reads what lies at `home`; what a page does wrong meanwhile goes to `faults`."""

    browser: Browser
    home: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str = "",
        size: Size = "desktop",
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
        offline: bool = False,
    ) -> Page:
        """Open a page below home, on a device with these habits."""
        context = self.browser.new_context(
            viewport=SIZES[size],
            color_scheme=scheme,
            java_script_enabled=scripts,
            offline=offline,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        context.on("request", lambda request: self._requested(request.url))
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._failed)
        page = context.new_page()
        page.goto(self.home + path)
        return page

    def leave(self) -> None:
        """Close every device."""
        for context in self.contexts:
            context.close()

    def _requested(self, url: str) -> None:
        self.requests.append(url)
        # A data: address is in the page itself, a blob: one is made by it.
        if not url.startswith((self.home, "data:", f"blob:{self.home}")):
            self.faults.append(f"asks another host: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")


def barriers(page: Page) -> list[str]:
    """What axe-core finds in a reader's way, as `serious color-contrast: <p class="quiet">`."""
    page.evaluate(f"{AXE_SCRIPT}; null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['impact']} {violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels of the page lie beyond the right edge of the screen."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def paper_color(page: Page) -> str:
    """The color behind the text."""
    color: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return color


def focused(page: Page) -> str:
    """What the keyboard is on: the address of a link, else its name or the words on it."""
    said: str = page.evaluate(
        "(e => e.href || e.ariaLabel || e.textContent.trim())(document.activeElement)"
    )
    return said


def tab_to(page: Page, wanted: str, within: int) -> None:
    """Press Tab until the keyboard is on something, at most so many times."""
    met = []
    for _ in range(within):
        page.keyboard.press("Tab")
        met.append(focused(page))
        if met[-1] == wanted:
            return
    raise AssertionError(f"{wanted!r} is not among {met}")
