"""How long it takes from saving a source bullet until a browser shows it: the real server, with the real guide.

The server looks for changes twice a second, so each round waits a little longer than the one before until it saves.
"""

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from commonground.building import survey
from commonground.model import Advice
from commonground.reading import read_folder
from tests.bench.processes import Seconds
from tests.serving import PROJECT, Server, copy_of, serving

STEP = 0.07  # seconds that a round waits longer than the last
ERROR = ".preview-error"


def served(rounds: int, docs: Path = PROJECT / "docs") -> tuple[Seconds, Seconds, Seconds]:
    """Return how long a changed bullet takes, how long the message about a mistake in it, and how long its end."""
    advice = next(one for one in survey(read_folder(docs)).guide.advice if one.span.path.startswith("sources/"))
    with tempfile.TemporaryDirectory() as folder, serving(copy_of(docs, Path(folder))) as server, _tab() as page:
        page.goto(f"{server.url}guide/{advice.topic}/")
        turns = [_round(server, page, advice, number) for number in range(rounds)]
    changed, told, mended = (Seconds(several) for several in zip(*turns, strict=True))
    return changed, told, mended


@contextmanager
def _tab() -> Iterator[Page]:
    """A tab of a browser that has just started."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def _round(server: Server, page: Page, advice: Advice, number: int) -> tuple[float, float, float]:
    """Change the bullet, spoil it and mend it; each time wait until the page shows it."""
    file = server.project / "docs" / advice.span.path
    text = file.read_text(encoding="utf-8")
    start = f"- **{advice.lead}**"
    lead = re.findall(rf"^{re.escape(start)}|^- \*\*Round \d+\.\*\*", text, re.MULTILINE)[0]
    changed = text.replace(lead, f"- **Round {number}.**", 1)
    spoilt = changed.replace(f"- **Round {number}.**", f"- Round {number}.", 1)

    def saved(content: str, awaited: str) -> float:
        time.sleep(STEP * number)
        with page.expect_event("load"):  # as a browser says it: to look for the words again and again takes longer
            began = time.perf_counter()
            file.write_text(content, encoding="utf-8")
        seconds = time.perf_counter() - began
        if not page.locator(awaited).is_visible():
            raise SystemExit(f"The page shows no {awaited}:\n{server.said}")
        return seconds

    shown = f"#{advice.id} strong:text-is('Round {number}.')"
    return saved(changed, shown), saved(spoilt, ERROR), saved(changed, f"body:not(:has({ERROR})) {shown}")
