"""The real site in a real browser: built once, served on this machine, opened in Chromium."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, ViewportSize, sync_playwright

from tests.browser.tab import Tab

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class StaticHost(SimpleHTTPRequestHandler):
    """A web host as the site will meet it: silent here, and 404.html for what is not there."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """The address of the served site, with a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=str(site_dir))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _chromium(playwright: Playwright) -> str:
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    if not Path(own).is_file():
        pytest.fail("There is no Chromium for these tests. Run: .ci/chromium .venv/bin/playwright", pytrace=False)
    return own


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=_chromium(playwright), args=options)
        yield running
        running.close()


@pytest.fixture
def new_tab(browser: Browser, site_url: str) -> Iterator[Callable[..., Tab]]:
    """Open a tab of its own: `new_tab(width=390, scripts=False)`."""
    contexts = []

    def open_tab(width: int = 1280, *, scripts: bool = True) -> Tab:
        size = ViewportSize(width=width, height=800)
        contexts.append(browser.new_context(viewport=size, java_script_enabled=scripts))
        return Tab(contexts[-1].new_page(), site_url)

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(new_tab: Callable[..., Tab]) -> Tab:
    """A tab as wide as a desk screen, with scripts on."""
    return new_tab()
