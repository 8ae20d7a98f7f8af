"""The count that is asked again while somebody looks; the clock of the browser is ours."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import DESKTOP, Site
from tests.e2e.places import resolve


class Counter:
    """Answers for the platform, so that a test says how many there are."""

    def __init__(self, page: Page) -> None:
        self.asked = 0
        self.endorsed: int | None = None
        self.reached = False
        page.route("**/count.json", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked += 1
        if self.endorsed is None:
            route.fulfill(status=503, body="away")
            return
        told = {
            "number": "x",
            "endorsed": self.endorsed,
            "threshold": 5000,
            "reached": self.reached,
            "as_of": "2026-03-02T02:00:00+00:00",
        }
        route.fulfill(content_type="application/json", body=json.dumps(told))


@pytest.fixture
def looking(site: Site, browser: Browser) -> Iterator[tuple[Page, Counter]]:
    context = browser.new_context(viewport=DESKTOP, base_url=site.url, reduced_motion="reduce")
    page = context.new_page()
    page.clock.install()
    counter = Counter(page)
    page.goto(resolve(("/en/proposals/{stage:endorsing}/",), site)[0])
    yield page, counter
    context.close()


def test_the_number_follows_and_is_said_politely(looking: tuple[Page, Counter]) -> None:
    page, counter = looking
    counter.endorsed = 4321
    page.clock.run_for(9_000)
    assert counter.asked == 0
    page.clock.run_for(4_000)
    expect(page.locator(".progress-count").first).to_have_text("4,321")
    expect(page.locator("#endorsers-title [data-live-number]")).to_have_text("4,321")
    expect(page.locator(".progress-percent").first).to_contain_text("86")
    expect(page.locator(".progress-fill").first).to_have_attribute("width", "864")
    voice = page.locator("[data-live-words]")
    expect(voice).to_have_text("4,321 endorsements now")
    counter.endorsed = 4322
    page.clock.run_for(13_000)
    expect(page.locator(".progress-count").first).to_have_text("4,322")
    expect(voice).to_have_text("4,321 endorsements now")  # not said again so soon
    counter.endorsed = 4330
    page.clock.run_for(13_000)
    expect(voice).to_have_text("4,330 endorsements now")


def test_nothing_is_asked_while_nobody_looks(looking: tuple[Page, Counter]) -> None:
    page, counter = looking
    counter.endorsed = 10
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.clock.run_for(600_000)
    assert counter.asked == 0
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: false, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.clock.run_for(2_000)
    expect(page.locator(".progress-count").first).to_have_text("10")
    assert counter.asked == 1


def test_while_the_platform_is_away_it_is_asked_ever_more_seldom(
    looking: tuple[Page, Counter],
) -> None:
    page, counter = looking
    before = page.locator(".progress-count").first.inner_text()
    for _ in range(60):
        page.clock.run_for(10_000)
    assert 3 <= counter.asked <= 6  # after 10, 20, 40, 80, 160, 320 seconds
    expect(page.locator(".progress-count").first).to_have_text(before)


def test_reaching_is_told_and_ends_the_asking(looking: tuple[Page, Counter]) -> None:
    page, counter = looking
    said = page.get_by_text("The threshold has just been reached.")
    expect(said).to_be_hidden()
    counter.endorsed, counter.reached = 5000, True
    for _ in range(5):  # an answer may come after the time was let run
        page.clock.run_for(13_000)
        page.wait_for_load_state("networkidle")
    expect(said).to_be_visible()
    asked = counter.asked
    page.clock.run_for(600_000)
    assert counter.asked == asked
