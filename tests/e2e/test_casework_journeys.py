"""A case after it reached, as an officer, a lead, the proposer and anybody live through it.

Played twice, with JavaScript and without; shortcuts need it and are played once.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, People
from tests.e2e.test_journeys import accept, answer, counted, endorse, move_clock, press, propose

PLAN = "先與提議人釐清時段與館別，邀集各分館與工會會勘後，試辦三個月並公布使用人次。"
MINUTES = "提議人說明晚間最需要的是閱覽室與還書窗口；機關說明人力排班與保全的限制。"


def reached(people: People, subject: str) -> str:
    """A proposal of the practice city that reached its threshold today; returns its number."""
    proposer = people.sign_in("citizen-1")
    propose(proposer, subject)
    found = re.search(r"\d{4}-\d{6}", proposer.locator("main").inner_text())
    assert found
    accept(people.sign_in("checker-1"), subject)
    move_clock(proposer, "+1 day")
    for who in ("citizen-2", "citizen-3"):
        endorse(people.sign_in(who), found[0])
    endorse(proposer, found[0])
    counted(proposer, found[0], re.compile("Reached", re.I))
    return found[0]


def waits(page: Page, number: str, task: str) -> None:
    """Open a task of the case from the list of what waits."""
    page.goto("/en/desk/")
    row = page.locator("[data-row]").filter(has_text=number).filter(has_text=task)
    row.locator("a").first.click()
    page.wait_for_load_state()


def now_here(page: Page) -> str:
    """The instant the sandbox's banner shows, as 2026-11-24T16:50."""
    shown = page.locator(".sandbox-banner time").get_attribute("datetime")
    assert shown
    return shown[:16]


def publish_plan(officer: Page, number: str) -> None:
    """From the inbox to the public plan."""
    waits(officer, number, "Publish the handling plan")
    day = now_here(officer)[:10]
    officer.locator("[name=summary]").fill(PLAN)
    officer.locator("[name=what_1]").fill("會勘與座談")
    officer.locator("[name=until_1]").fill(f"{int(day[:4]) + 1}{day[4:]}")
    officer.locator("[name=office]").fill("服務局綜合科 02-2720-8889")
    press(officer, "Save and go on to publish…")
    officer.get_by_role("checkbox").check()
    press(officer, "Publish")


def log_contact(officer: Page, number: str) -> None:
    """The first contact with the proposer, with its minutes."""
    waits(officer, number, "Contact the proposer")
    day, _, time = now_here(officer).partition("T")
    officer.locator("[name=channel]").first.check()
    officer.locator("[name=held_on]").fill(day)
    officer.locator("[name=held_time]").fill(time)
    officer.locator("[name=reached][value=yes]").check()
    officer.locator("[name=discussed]").fill(MINUTES)
    officer.locator("[name=office]").fill("服務局綜合科 02-2720-8889")
    press(officer, "Log it")


def confirm_minutes(proposer: Page, number: str) -> None:
    """The proposer finds the link in the letter of the night and confirms."""
    proposer.goto("/en/my/")
    move_clock(proposer, "+1 day")
    proposer.goto("/en/dev/outbox/")
    found = re.search(rf"/cases/{number}/contacts/\d+/", proposer.locator("main").inner_text())
    assert found, "the letter leads to the minutes"
    proposer.goto(f"/en{found[0]}")
    expect(proposer.locator("main")).to_contain_text(MINUTES[:12])
    proposer.locator("[name=verdict][value=confirmed]").check()
    press(proposer, "Send")


def test_plan_contact_answer_and_what_people_say_of_it(people: People, javascript: bool) -> None:
    subject = "圖書館夜間時段請延後閉館" if javascript else "傳統市場走道請加裝遮陽棚"
    number = reached(people, subject)
    proposer = people.sign_in("citizen-1")

    officer = people.sign_in("officer-practice")
    officer.goto("/en/desk/")
    officer.locator("[data-row]").filter(has_text=number).get_by_role(
        "link", name=number
    ).first.click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(subject)
    expect(officer.locator("main")).to_contain_text("Reached the threshold")

    publish_plan(officer, number)
    log_contact(officer, number)
    confirm_minutes(proposer, number)
    answer(officer, subject)

    anybody = people.page("anybody")
    anybody.goto(f"/en/proposals/{number}/")
    anybody.get_by_role("link", name="How the government handles it").click()
    expect(anybody.get_by_role("heading", level=1)).to_have_text(subject)
    main = anybody.locator("main")
    for words in (PLAN[:16], "會勘與座談", MINUTES[:12], "The proposer has confirmed"):
        expect(main).to_contain_text(words)

    proposer.goto(f"/en/cases/{number}/survey/")
    for name in ("understandable", "reasoned", "heard", "overall"):
        proposer.locator(f"[name={name}]").first.check()
    press(proposer, "Send my answer")
    proposer.goto(f"/en/cases/{number}/survey/")
    expect(proposer.locator("main")).to_contain_text("You have answered")
    anybody.goto(f"/en/cases/{number}/survey/")
    expect(anybody.locator("main")).to_contain_text(re.compile("not among|Sign in", re.I))


def test_the_lead_accepts_what_was_asked_and_takes_the_record_along(
    people: People, javascript: bool
) -> None:
    lead = people.sign_in("lead-moi")
    lead.goto("/en/desk/")
    offers = lead.locator("input[type=checkbox][value^='offer:']")
    row = lead.locator("[data-row]").filter(has=offers).first
    found = re.search(r"\d{4}-\d{6}", row.inner_text())
    assert found
    number = found[0]
    row.get_by_role("checkbox").check()
    press(lead, "Accept assignments…")
    expect(lead.locator("main")).to_contain_text("Exactly this 1 row")
    expect(lead.locator("main")).to_contain_text(number)
    press(lead, "Accept assignments")
    expect(lead.locator("main")).to_contain_text("1 done")
    lead.go_back()  # confirming once more does nothing again
    press(lead, "Accept assignments")
    expect(lead.locator("main")).to_contain_text("1 left as it is")

    lead.goto("/en/desk/cases/")
    expect(lead.get_by_role("link", name=re.compile("."))).not_to_have_count(0)
    lead.goto(f"/en/desk/cases/{number}/")
    expect(lead.locator("main")).to_contain_text("What happened")
    record = lead.get_by_role("link", name="Whole record")
    if not record.count():  # the agency only assists in it
        return
    record.click()
    url = lead.get_by_role("link", name=re.compile("JSON")).get_attribute("href")
    assert url
    told = lead.request.get(url).json()
    assert told["case"] == number
    assert any(event["kind"] == "assigning.accepted" for event in told["events"])
    assert any(event["leaf"] is not None for event in told["events"])


@pytest.mark.parametrize("javascript", [True], indirect=True, ids=["with JavaScript"])
def test_shortcuts_move_and_can_be_switched_off(people: People, javascript: bool) -> None:
    page = people.sign_in("checker-2")
    page.set_viewport_size(DESKTOP)
    page.goto("/en/desk/")
    current = "document.activeElement.closest('[data-row]')?.innerText ?? ''"
    page.keyboard.press("j")
    first = page.evaluate(current)
    assert first
    page.keyboard.press("j")
    assert page.evaluate(current) not in ("", first)
    page.keyboard.press("k")
    assert page.evaluate(current) == first
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/desk/(checks|appeals)/\d{4}-"))
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/en/desk/cases/$"))
    page.keyboard.press("/")
    page.keyboard.type("j?gi")  # typing is typing
    expect(page.locator("main input[type=search]")).to_have_value("j?gi")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url(re.compile(r"/desk/keys/$"))
    page.get_by_label("Use shortcuts of a single key").uncheck()
    page.goto("/en/desk/")
    page.keyboard.press("j")
    assert page.evaluate(current) == ""
    page.goto("/en/desk/keys/")
    page.get_by_label("Use shortcuts of a single key").check()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url(re.compile(r"/en/desk/$"))
