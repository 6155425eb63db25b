"""A browser tab that remembers what went wrong and what it asked for."""

from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

# The kinds of page a site has, as patterns; the last is the page for what is missing.
KINDS = [
    "",
    "guide/*/",
    "stages/*/",
    "sources/*/",
    "checklists/*/",
    "faq/",
    "tensions/",
    "a-to-z/",
    "merging/",
    "map/",
    "about/",
    "missing/",
]


def first_page(site_dir: Path, kind: str) -> str:
    """The address of the first page of a kind."""
    if kind == KINDS[-1]:
        return kind
    pages = sorted(site_dir.glob(f"{kind}index.html"))
    assert pages, f"the site has no page {kind}"
    return pages[0].relative_to(site_dir).as_posix().removesuffix("index.html")


class Tab:
    """One page of the site, with its console errors and the addresses it requested."""

    def __init__(self, page: Page, site_url: str) -> None:
        self.page = page
        self.site_url = site_url
        self.errors: list[str] = []
        self.requested: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requested.append(request.url))

    def open(self, path: str) -> Response:
        """Go to a page of the site and wait until it has loaded."""
        response = self.page.goto(urljoin(self.site_url, path))
        assert response is not None
        return response

    def search_for(self, words: str) -> Locator:
        """Open the search, type, and wait for Material's script; gives the dialog."""
        button = self.page.get_by_role("banner").get_by_role("button", name="Search")
        if button.is_visible():  # on a small screen
            button.click()
        else:
            self.page.get_by_role("textbox", name="Search").focus()
        self.page.keyboard.type(words)
        dialog = self.page.get_by_role("dialog", name="Search")
        expect(dialog.get_by_text("Loading search")).to_have_count(0)
        return dialog

    @property
    def foreign(self) -> list[str]:
        """The requests that left the site."""
        return [url for url in self.requested if not url.startswith((self.site_url, "data:"))]

    def _note(self, message: ConsoleMessage) -> None:
        # Violations of the content security policy are console errors too. That a page is missing is the
        # answer the 404 test asks for, and not a fault of the page that says so.
        missing_itself = "404" in message.text and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not missing_itself:
            self.errors.append(message.text)
