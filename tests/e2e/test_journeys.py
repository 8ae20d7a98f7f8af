"""The whole life of a proposal, played in the practice city with the clock moved.

Each journey is played twice: with JavaScript and without.
"""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import People

CONTENT = "行人專用時相只有十五秒，長者走到一半就變燈了。請延長到三十秒，並在中央分隔島加設等待空間，讓走得慢的人也能平安過街。"
BENEFITS = "長者、孕婦與推嬰兒車的人都能安心過馬路，路口事故也會減少。"
BLOCKS = ("Analysis", "Deliberation", "Reasons", "Follow-up plan")


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def move_clock(page: Page, step: str) -> None:
    """Press a button of the sandbox's clock."""
    press(page, step)


def propose(page: Page, subject: str) -> None:
    """Write and submit a proposal to the practice city, step by step."""
    page.goto("/en/propose/")
    page.get_by_label("Minben City").check()
    press(page, "Start writing")
    page.get_by_label("Subject").fill(subject)
    press(page, "Save and continue")
    if "similar" in page.url:
        page.get_by_role("link", name="Mine is different: continue").click()
    page.locator("textarea[name=content]").fill(CONTENT)
    press(page, "Save and continue")
    page.locator("textarea[name=benefits]").fill(BENEFITS)
    press(page, "Save and continue")
    press(page, "Save and continue")  # no evidence
    page.get_by_label("Transport").check()
    page.get_by_label("I name them below").check()
    page.wait_for_load_state("networkidle")  # the list is sorted anew for the topic
    bureau = page.get_by_label("Minben City Service Bureau")
    if not bureau.is_visible():  # without JavaScript it stands folded among all agencies
        page.locator("details", has=bureau).locator("summary").click()
    bureau.check()
    press(page, "Save and continue")
    expect(page.locator("main")).to_contain_text(subject)
    expect(page.locator("main")).to_contain_text(CONTENT[:20])
    press(page, "Submit my proposal")


def accept(page: Page, subject: str) -> None:
    """The checker takes the check up and accepts."""
    page.goto("/en/desk/checks/")
    page.get_by_role("link", name=subject).click()
    press(page, "Take up")
    page.get_by_role("link", name=re.compile("Accept")).click()
    press(page, "Accept")


def counted(page: Page, number: str, text: str | re.Pattern[str]) -> None:
    """Look again until the sequencer has counted, which takes it a moment."""
    for _ in range(20):
        page.goto(f"/en/proposals/{number}/")
        main = page.get_by_role("main").filter(has_text=text)
        if main.count():
            return
        page.wait_for_timeout(500)
    expect(page.get_by_role("main")).to_contain_text(text)


def endorse(page: Page, number: str, reason: str = "") -> None:
    """Endorse on the confirmation page."""
    page.goto(f"/en/proposals/{number}/endorse/")
    if reason:
        page.locator("textarea[name=reason]").fill(reason)
    press(page, "Yes, I endorse it")


def answer(page: Page, subject: str) -> None:
    """The officer drafts the four blocks and publishes by the explicit act."""
    page.goto("/en/desk/responses/")
    page.get_by_role("link", name=subject).click()
    for name in ("analysis", "deliberation", "adoption_reason", "follow_up"):
        page.locator(f"textarea[name={name}]").fill(f"本局已就{name}完成研商，將於下一季辦理。")
    page.locator("[name=adoption][value=adopted]").check()
    press(page, "Save and go on to publish…")
    page.get_by_role("checkbox").check()
    press(page, "Publish")


def test_from_draft_to_public_answer(people: People, javascript: bool) -> None:
    # Two matters, because the second of the same would be barred for six months.
    subject = "民本路口行人秒數請延長" if javascript else "市區公車站牌請加裝座椅與遮雨棚"
    proposer = people.sign_in("citizen-1")
    propose(proposer, subject)
    found = re.search(r"\d{4}-\d{6}", proposer.locator("main").inner_text())
    assert found, "the page after submitting gives the case number"
    number = found[0]

    accept(people.sign_in("checker-1"), subject)

    # Too early: endorsing opens on the next day, and the page says so.
    second = people.sign_in("citizen-2")
    second.goto(f"/en/proposals/{number}/endorse/")
    expect(second.locator("main")).to_contain_text(re.compile("opens", re.I))
    move_clock(second, "+1 day")

    endorse(second, number, "=我每天都走這個路口")
    expect(second.locator("main")).to_contain_text("Your endorsement is recorded")
    counted(second, number, "1 / 3")

    endorse(people.sign_in("citizen-3"), number)
    endorse(proposer, number)
    counted(proposer, number, re.compile("Reached", re.I))

    answer(people.sign_in("officer-practice"), subject)

    anybody = people.page("anybody")
    anybody.goto(f"/en/proposals/{number}/")
    expect(anybody.locator("main")).to_contain_text("本局已就analysis完成研商")
    expect(anybody.locator("main")).to_contain_text(re.compile("Formal response", re.I))
    timeline = anybody.locator(".timeline").first
    for words in ("Proposed", "Check passed", "Reached the threshold", "Formal response published"):
        expect(timeline).to_contain_text(words)


def test_hidden_appealed_and_restored(people: People, javascript: bool) -> None:
    subject = f"民本公園夜間照明請改善{'（甲）' if javascript else '（乙）'}"
    proposer = people.sign_in("citizen-2")
    propose(proposer, subject)
    number = re.search(r"\d{4}-\d{6}", proposer.locator("main").inner_text())[0]  # type: ignore[index]

    checker = people.sign_in("checker-1")
    checker.goto("/en/desk/checks/")
    checker.get_by_role("link", name=subject).click()
    press(checker, "Take up")
    checker.get_by_role("link", name=re.compile("^Hide")).click()
    press(checker, "Hide")  # without ground and reason: refused, next to the fields
    expect(checker.locator("main")).to_contain_text(re.compile("ground|required|reason", re.I))
    checker.locator("[name=ground][value=unclear_or_private]").check()
    checker.locator("textarea[name=reason]").fill("請說明是哪一座公園，以及希望照明到幾點。")
    press(checker, "Hide")

    anybody = people.page("anybody")
    anybody.goto(f"/en/register/hidden/{number}/")
    expect(anybody.locator("main")).to_contain_text("請說明是哪一座公園")

    proposer.goto(f"/en/proposals/{number}/appeal/")
    proposer.locator("textarea[name=text]").fill(
        "我指的是民本公園，訴求是照明延長到晚上十點，內容寫得很清楚。"
    )
    press(proposer, "File my appeal")

    checker.goto(f"/en/desk/appeals/{number}/")
    expect(checker.get_by_role("button", name="Decide")).to_have_count(0)

    other = people.sign_in("checker-2")
    other.goto(f"/en/desk/appeals/{number}/")
    other.locator("[name=upheld]").first.check()
    other.locator("textarea[name=reason]").fill("內容已載明地點與訴求，恢復提議。")
    press(other, "Decide")

    anybody.goto(f"/en/proposals/{number}/")
    expect(anybody.locator("main")).to_contain_text(subject)


def test_sign_up_with_two_typed_codes(people: People, javascript: bool) -> None:
    digit = "1" if javascript else "2"
    page = people.page("newcomer")
    page.goto("/en/account/signup/")
    page.locator("input[name=email]").fill(f"newcomer{digit}@example.org")
    page.locator("input[name=phone]").fill(f"0912 345 67{digit}")
    page.locator("input[name=password1]").fill("a sentence about rivers")
    page.locator("input[name=password2]").fill("a sentence about rivers")
    press(page, "Go on")
    outbox = people.page("outbox")
    typed: set[str] = set()
    for _ in range(2):
        outbox.goto("/en/dev/outbox/")
        text = outbox.locator("main").inner_text()
        code = next(
            c for c in re.findall(r"\b[A-Z0-9]{3}-?[A-Z0-9]{3}\b|\b\d{6}\b", text) if c not in typed
        )
        typed.add(code)
        page.locator("input[name=code]").fill(code)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
    page.goto("/en/account/finish/")
    expect(page.locator("main")).to_contain_text(re.compile("nickname", re.I))


def test_keyboard_alone_reaches_the_endorse_button(people: People, javascript: bool) -> None:
    page = people.page("keyboard")
    page.goto("/en/proposals/?stage=endorsing")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("Skip", re.I))
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if re.search(r"/proposals/\d{4}-\d+/$", href):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/proposals/\d{4}-\d+/$"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if "endorse" in page.evaluate("document.activeElement.innerText || ''").lower():
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert "endorse" in page.locator(":focus").inner_text().lower()
    assert outline != "none", "the focus can be seen"
