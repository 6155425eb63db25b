"""A browser tab that remembers what went wrong and what it asked for."""

from urllib.parse import urljoin

from playwright.sync_api import ConsoleMessage, Page, Response


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
        """Go to a page of the site and wait until it has loaded all it wants."""
        response = self.page.goto(urljoin(self.site_url, path), wait_until="networkidle")
        assert response is not None
        return response

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
