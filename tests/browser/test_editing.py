"""Links for who would mend something, in a browser: small, last, and never on paper."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.browser.tab import KINDS, Tab, first_page

SEEN = "() => [...document.querySelectorAll('.edit a')].filter((one) => one.checkVisibility()).length"


@pytest.mark.parametrize("kind", KINDS)
def test_no_link_to_edit_is_printed(browser_page: Tab, site_dir: Path, kind: str) -> None:
    browser_page.open(first_page(site_dir, kind))
    page = browser_page.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert page.evaluate(SEEN) > 0
    page.emulate_media(media="print")
    assert page.evaluate(SEEN) == 0
    printed = "".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages)
    assert printed
    assert not [words for words in ("Edit ", "Something wrong") if words in printed]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_links_of_a_page_are_tall_enough_and_stand_last(new_tab: Callable[..., Tab], width: int) -> None:
    tab = new_tab(width)
    tab.open("")
    links = tab.page.locator("article > :last-child a")
    boxes = [links.nth(at).bounding_box() for at in range(links.count())]
    assert links.all_inner_texts() == ["Edit this page", "Something wrong on this page?"]
    assert [round(box["height"]) >= 44 for box in boxes if box] == [True, True]
    assert tab.foreign == []
