"""A browser with the network off but for the server of the test; what it complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from filled import indexed
from serving import await_search, served
from vakgraaf.app import create_app
from vakgraaf.settings import Settings
from vakgraaf.web.static_files import has_editor

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parents[2] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations'], preload: false}).then(found => found.violations)"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu"]
expect.set_options(timeout=60_000)
_NO_CHROMIUM = "there is no Chromium; on Debian: apt-get install chromium"


@dataclass
class Visit:
    """What happened while a page was open: its complaints, and what it asked elsewhere."""

    host: str
    refused: frozenset[int]
    """Statuses that the test brings about, so that the browser may mention them."""
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Take note of everything from now on."""
        page.on("console", self._said)
        page.on("pageerror", self._erred)
        page.on("request", self._asked)

    def leave(self, page: Page) -> None:
        """Take note of nothing more."""
        page.remove_listener("console", self._said)
        page.remove_listener("pageerror", self._erred)
        page.remove_listener("request", self._asked)

    def _erred(self, error: Error) -> None:
        self.complaints.append(f"error: {error}")

    def _said(self, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        expected = any(f"a status of {n} " in message.text for n in self.refused)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(f"{message.type}: {message.text} ({address})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.host, "blob:", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The packaged data, served; the address."""
    state = indexed(tmp_path_factory, tmp_path_factory.mktemp("browser") / "state")
    settings = Settings(store=state, query_timeout_s=20)
    with served(create_app(settings)) as address:
        await_search(address)
        yield address


# Not for the session: while Playwright is there, no other test of this process can run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium as the machine has it, without a window."""
    if CHROMIUM is None:
        pytest.skip(_NO_CHROMIUM)
    arguments = [*_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`visit("/sparql", language="en", refused={400}, **context)` opens a page; any complaint of it fails the test."""
    visits: list[Visit] = []
    contexts: list[BrowserContext] = []

    def opened(path: str, *, language: str = "nl", refused: frozenset[int] = frozenset(), **options: object) -> Page:
        context = chromium.new_context(base_url=site, locale=language, reduced_motion="reduce", **options)  # type: ignore[arg-type]  # whatever Playwright takes
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        visits.append(Visit(site, frozenset(refused)))
        visits[-1].watch(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for visit in visits for complaint in visit.complaints] == []


@pytest.fixture(scope="module")
def one(chromium: Browser, site: str) -> Iterator[Page]:
    """One page for many addresses: to make another takes a browser longer than to leave this one."""
    context = chromium.new_context(base_url=site, locale="nl", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def shows(one: Page, site: str) -> Iterator[Callable[..., Page]]:
    """`shows("/def", refused={404})` goes there with the page that is there; any complaint of it fails the test."""
    visits: list[Visit] = []

    def opened(path: str, *, refused: frozenset[int] = frozenset()) -> Page:
        visits.append(Visit(site, frozenset(refused)))
        visits[-1].watch(one)
        one.goto(path)
        return one

    yield opened
    for visit in visits:
        visit.leave(one)
    assert [complaint for visit in visits for complaint in visit.complaints] == []


@pytest.fixture
def editor(visit: Callable[..., Page]) -> Callable[..., Page]:
    """Like `visit`, for `/sparql` with the editor in it."""
    if not has_editor():
        pytest.skip("the editor has not been built: scripts/assets")

    def opened(path: str = "/sparql", **options: object) -> Page:
        page = visit(path, **options)
        page.wait_for_selector(".tabPanel.active .CodeMirror")
        return page

    return opened


@pytest.fixture
def accessible() -> Callable[..., None]:
    """`accessible(page)` fails, with what to mend, where a page breaks a rule of WCAG 2.2 AA that a machine checks.

    `only` names the rules of axe that are looked at.
    """
    if not AXE.is_file():
        pytest.skip("axe is not there: scripts/assets test")
    program = AXE.read_text("utf-8")

    def check(page: Page, only: tuple[str, ...] = ()) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(program + "\n;undefined")
        violations = page.evaluate(_RUN, list(only or _RULES))
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
            f"    {' '.join(node['target'])}\n    {node['html'][:200]}\n    {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url}:\n" + "\n".join(found)

    return check
