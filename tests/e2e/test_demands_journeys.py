"""What a reached case asks for: the split and the proposer's look at it, a draft and its clearance.

Both are played in the demo's Taipei case that reached, with JavaScript and without; each adds a
demand of its own, so that neither needs the other.
"""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.test_casework_journeys import waits
from tests.e2e.test_journeys import press

SUBJECT = "週五、週六捷運末班車延後一小時"
PROPOSER = "citizen-21"
REASON = "試辦半年可以在不影響夜間維修的前提下取得運量資料，站務輪班已與工會談妥。"


def number_of(page: Page) -> str:
    """The case number of the proposal, found as anybody finds it."""
    page.goto(f"/en/proposals/?q={SUBJECT}")
    page.get_by_role("link", name=SUBJECT).and_(
        page.locator("[href*='/proposals/2']")
    ).first.click()
    found = re.search(r"\d{4}-\d{6}", page.url)
    assert found
    return found[0]


def add_demand(officer: Page, number: str, text: str) -> str:
    """Add a demand to the split; returns its number within the case."""
    officer.goto(f"/en/desk/cases/{number}/demands/")
    officer.locator("[name=text]").fill(text)
    press(officer, "Add")
    heading = officer.locator(".demand-item").filter(has_text=text).get_by_role("heading")
    return heading.inner_text().removeprefix("Demand ")


def correct(proposer: Page, ordinal: str, text: str) -> None:
    """The proposer would have one demand read otherwise."""
    proposer.locator("[name=kind][value=reword]").check()
    proposer.locator("[name=demand]").select_option(ordinal)
    proposer.locator("[name=text]").fill(text)
    proposer.locator("[name=why]").fill("提案第一點寫的是三條運量最大的路線。")
    press(proposer, "Publish my correction")


def test_the_proposer_corrects_the_split_reads_the_answer_and_agrees(
    people: People, javascript: bool
) -> None:
    way = "先試三條路線" if javascript else "末班車後接夜間公車"
    officer = people.sign_in("officer-taipei")
    number = number_of(officer)
    ordinal = add_demand(officer, number, f"{way}，試辦半年")
    press(officer, "Publish the split")

    proposer = people.sign_in(PROPOSER)
    proposer.goto(f"/en/cases/{number}/demands/")
    expect(proposer.locator("main")).to_contain_text(f"{way}，試辦半年")
    press_without_words(proposer)
    correct(proposer, ordinal, f"{way}，試辦半年並公布成本")

    waits(officer, number, "Answer the proposer's corrections")
    officer.locator("[name=taken][value=no]").check()
    officer.locator("[name=answer]").fill("公布成本已列在另一項訴求，這一項維持原來的文字。")
    press(officer, "Answer in public")

    anybody = people.page("anybody")
    anybody.goto(f"/en/cases/{number}/demands/")
    told = anybody.get_by_role("listitem").filter(has_text=f"{way}，試辦半年並公布成本")
    expect(told).to_contain_text("Not taken over.")
    expect(told).to_contain_text("公布成本已列在另一項訴求")
    expect(anybody.get_by_role("button", name="I agree with the split")).to_have_count(0)

    proposer.goto(f"/en/cases/{number}/demands/")
    press(proposer, "I agree with the split")
    expect(proposer.locator("main")).to_contain_text("The proposer agreed with this version")


def press_without_words(proposer: Page) -> None:
    """A correction that says nothing comes back with its form open and the fault beside it."""
    proposer.get_by_text("Propose a correction").click()
    press(proposer, "Publish my correction")
    expect(proposer).to_have_title(re.compile("^Error:"))
    expect(proposer.locator("[name=kind]").first).to_be_visible()


def draft(officer: Page, number: str, text: str) -> str:
    """Name the own agency for a new demand, draft what becomes of it, hand it in."""
    ordinal = add_demand(officer, number, text)
    item = officer.locator(".demand-item").filter(has_text=text)
    item.get_by_role("link", name=re.compile("Change")).click()
    officer.locator("[name=agency]").select_option(label="Department of Transportation, Taipei")
    press(officer, "Name the agency")
    waits(officer, number, f"Draft demand {ordinal}")
    officer.locator("[name=adoption][value=adopted]").check()
    officer.locator("[name=reason]").fill(REASON)
    officer.locator("[name=follow_up]").fill("每月公布人次與成本。")
    officer.get_by_role("button", name="Save the draft").last.click()
    expect(officer.locator("main")).to_contain_text("Nothing is public yet")
    press(officer, "Hand in the saved draft")
    return ordinal


def clear(page: Page, number: str, ordinal: str, outcome: str, note: str = "") -> None:
    """Find the draft among what waits, and decide on the step."""
    waits(page, number, f"Clear the draft on demand {ordinal}:")
    expect(page.locator("main")).to_contain_text(REASON)
    page.locator(f"[name=outcome][value={outcome}]").check()
    page.locator("[name=note]").fill(note)
    press(page, "Decide on this step")


def test_the_lead_clears_a_draft_and_only_then_it_is_decided(
    people: People, javascript: bool
) -> None:
    text = "站務與清潔同仁輪班給夜間津貼" if javascript else "維修時段集中到平日夜間"
    officer = people.sign_in("officer-taipei")
    number = number_of(officer)
    ordinal = draft(officer, number, text)
    decide = officer.get_by_role("button", name="Decide on this demand")
    expect(decide).to_have_count(0)

    lead = people.sign_in("lead-taipei")
    clear(lead, number, ordinal, "approved")
    clear(people.sign_in("po-taipei"), number, ordinal, "approved")
    clear(lead, number, ordinal, "approved")

    waits(officer, number, f"Decide on demand {ordinal}")
    decide.click()
    expect(officer.locator("main")).to_contain_text("becomes public with the final answer")
    anybody = people.page("anybody")
    anybody.goto(f"/en/cases/{number}/demands/")
    expect(anybody.locator("main")).not_to_contain_text(REASON)
