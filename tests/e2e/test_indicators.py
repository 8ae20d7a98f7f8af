"""Choosing unit, comparators and part of an index, with a script and without."""

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
    page.emulate_media(media="print")
    expect(page.locator(".indic-wide svg")).to_be_visible()
    expect(page.locator(".indic-narrow svg")).to_be_hidden()
    expect(page.locator(".indic-form")).to_be_hidden()
