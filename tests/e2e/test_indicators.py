"""Choosing unit, comparators and part of an index, with a script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, People

WHEEL = "/en/indicators/practice-wheel/"


def choose(page: Page, label: str, value: str, *, javascript: bool) -> None:
    """Choose from a menu; without a script the button sends it."""
    page.get_by_label(label, exact=True).select_option(value)
    if not javascript:
        page.get_by_role("button", name="Show", exact=True).click()


def test_a_reader_chooses_and_looks_closer(people: People, *, javascript: bool) -> None:
    page = people.page("reader")
    page.goto(WHEEL)
    choose(page, "Unit", "P03", javascript=javascript)
    title = page.locator("#part-title")
    expect(title).to_contain_text("Practice country 3 ")
    expect(page.locator(".indic-narrow svg")).to_be_visible()
    expect(page.locator(".indic-wide svg")).to_be_hidden()
    before = page.locator(".indic-stand").first.inner_text()

    group = page.get_by_label("Compared with", exact=True).locator("option").nth(1)
    key = group.get_attribute("value") or ""
    choose(page, "Compared with", key, javascript=javascript)
    expect(page.locator(".indic-stand").first).not_to_have_text(before)
    expect(title).to_contain_text("Practice country 3 ")

    page.get_by_role("link", name="Ranking", exact=True).click()
    expect(page.locator(".indic-mine")).to_contain_text("Practice country 3")
    assert "unit=P03" in page.url
    page.go_back()
    expect(page.locator(".indic-stands")).to_be_visible()

    page.get_by_role("link", name="Own estimates", exact=True).click()
    expect(page.locator("#estimates-caption")).to_be_visible()
    page.get_by_role("link", name="How it is computed").first.click()
    expect(page.get_by_role("heading", name="Step by step")).to_be_visible()


@pytest.mark.parametrize("javascript", [True])
def test_what_changes_is_told_and_back_leads_to_a_whole_page(people: People) -> None:
    """A new title, and a sentence for who does not see it. Back works where nothing is kept."""
    page = people.page("reader")
    page.goto(WHEEL)
    page.get_by_label("Unit", exact=True).focus()
    page.get_by_label("Unit", exact=True).select_option("P03")
    expect(page.get_by_role("status")).to_contain_text("Practice country 3 ")
    expect(page).to_have_title(re.compile("Practice country 3 .* Minben"))
    expect(page.get_by_label("Unit", exact=True)).to_be_focused()
    page.evaluate("sessionStorage.removeItem('htmx-history-cache')")
    page.go_back()
    expect(page.locator("#part-title")).to_contain_text("Practice country 1 ")
    expect(page.get_by_role("banner")).to_have_count(1)


# Spacing of WCAG 1.4.12, at the width of 1.4.10. Links in sentences and titles may be smaller.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important; ' +
    'word-spacing: .16em !important} p {margin-block-end: 2em !important}');
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth - window.innerWidth;
}"""
SMALL = """() => [...document.querySelectorAll('main :is(a, button, select, summary)')].filter(one => {
  const box = one.getBoundingClientRect();
  const words = [...one.parentNode.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return box.width > 1 && box.height > 1 && box.height < 43.5 && !words && !one.closest('p, h2');
}).map(one => one.outerHTML.slice(0, 120))"""
SURVEY = "/en/indicators/surveys/digital-opportunity-2019/"
READ = ("", "?show=ranking", "?show=robustness", "?show=estimates", "method/")


@pytest.mark.parametrize("javascript", [True])
def test_pages_can_be_read_small_spaced_and_by_finger(people: People) -> None:
    page = people.page("reader")
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*(f"{WHEEL}{one}" for one in READ), SURVEY, "/en/indicators/conduct/"):
        page.goto(path)
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate(SPACED) <= 0, path


def test_what_is_not_there_leaves_the_reader_a_way(people: People, *, javascript: bool) -> None:
    page = people.page("reader")
    answer = page.goto(f"{WHEEL}?unit=NOWHERE")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_text("There is no unit “NOWHERE”")).to_be_visible()
    choose(page, "Unit", "P05", javascript=javascript)
    expect(page.locator("#part-title")).to_contain_text("Practice country 5 ")


def test_a_page_on_paper_has_the_wide_picture(people: People) -> None:
    page = people.page("reader")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a literal of the library's own type
    page.goto(WHEEL)
    expect(page.locator(".chart-table table")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".chart-table table")).to_be_visible()  # paper cannot be unfolded
    expect(page.locator(".indic-wide svg")).to_be_visible()
    expect(page.locator(".indic-narrow svg")).to_be_hidden()
    expect(page.locator(".indic-form")).to_be_hidden()
