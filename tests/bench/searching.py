"""How long a browser that has just started takes from the words of the site to the first answer of its search."""

import shutil
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Route, sync_playwright

from tests.bench.processes import cost

SITE = "http://site.test/"  # which nothing answers but `answer` below
SEARCH = """async () => {
  const addresses = ["/javascripts/vendor/minisearch/minisearch.js", "/javascripts/search-engine.js"];
  const [library, engine] = await Promise.all(addresses.map((one) => import(one)));
  const words = await (await fetch("/words.json")).json();
  const started = performance.now();
  engine.engineFor(library.default, words)("a word");
  return performance.now() - started;
}"""


def searched(rounds: int) -> float:
    """Return the milliseconds of the middle round."""
    with tempfile.TemporaryDirectory() as site:
        cost("-m", "mkdocs", "build", "--quiet", "--site-dir", site)
        return median(_first(Path(site)) for _ in range(rounds))


def _first(site: Path) -> float:
    def answer(route: Route) -> None:
        route.fulfill(path=site / route.request.url.removeprefix(SITE))

    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(f"{SITE}index.html")
        return float(page.evaluate(SEARCH))
