"""Every kind of page: axe finds nothing, nothing overflows a phone, nothing is left in English."""

import os
import re
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP, PHONE, People, Site
from tests.e2e.places import CITIZEN_PAGES, PUBLIC_PAGES, STAFF_PAGES, resolve

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],  # axe need not write down what it found to be well
}
ENGLISH = re.compile(r"(?:[A-Za-z']{2,} ){3,}[A-Za-z']{2,}")


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {one['help']} — {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


# Both widths of every page take minutes: MINBEN_AXE=both. Else axe tries one, by the address.
BOTH = os.environ.get("MINBEN_AXE") == "both"


def look(page: Page, path: str, *, scheme: str = "light") -> list[str]:
    """Open a page, and see it at both widths; returns everything that is wrong with it."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    response = page.goto(path)
    if response is None or response.status >= 400:
        return [f"{path}: status {response.status if response else 'none'}"]
    faults = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if (wider := overflow(page)) > 0:
            faults.append(f"{path} at {size['width']}: {wider}px too wide")
        if BOTH or (crc32(path.encode()) % 2 == 0) == (size is PHONE):
            faults += [f"{path} at {size['width']}: {fault}" for fault in violations(page)]
    return faults


def left_in_english(page: Page, path: str) -> list[str]:
    """English sentences on a Chinese page: four Latin words in a row, out of markup.

    What is said to be English, such as the title of a source, may be.
    """
    if path.startswith(("/en/", "/dev/outbox/")):  # mail speaks its reader's language
        return []
    page.evaluate("document.querySelectorAll('main [lang=en]').forEach(one => one.remove())")
    return [f"{path}: {hit}" for hit in ENGLISH.findall(page.locator("main").inner_text())]


@pytest.fixture
def javascript() -> bool:
    return True


PARTS = 8  # so that a fault names few pages


@pytest.mark.parametrize("part", range(PARTS))
def test_public_pages(part: int, site: Site, browser: Browser) -> None:
    page = browser.new_context(base_url=site.url).new_page()
    faults = []
    for path in resolve(PUBLIC_PAGES[part::PARTS], site):
        faults += look(page, path) + left_in_english(page, path)
    page.context.close()
    assert faults == []


def test_public_pages_in_the_dark(site: Site, browser: Browser) -> None:
    page = browser.new_context(base_url=site.url).new_page()
    faults = [
        f for path in resolve(PUBLIC_PAGES, site)[:6] for f in look(page, path, scheme="dark")
    ]
    page.context.close()
    assert faults == []


def test_pages_of_a_citizen(site: Site, people: People) -> None:
    page = people.sign_in("citizen-1")
    faults = [f for path in resolve(CITIZEN_PAGES, site) for f in look(page, path)]
    assert faults == []


@pytest.mark.parametrize("who", sorted(STAFF_PAGES))
def test_pages_of_staff(who: str, site: Site, people: People) -> None:
    page = people.sign_in(who)
    faults = [f for path in resolve(STAFF_PAGES[who], site) for f in look(page, path)]
    assert faults == []
