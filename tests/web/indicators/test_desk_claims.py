"""Statements on the desk: the verdict before anything is noted, faults beside fields, withdrawing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from minben.indicators.models import Claim
from minben.kernel.actor import Role
from minben.people.models import Agency
from tests.factories import DAY0, make_agency
from tests.registry_scene import SAID, declared, noted, surveyed, taken
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
PUBLIC = "/en/indicators/surveys/yunlin-digital/"
DESK = "/en/desk/indicators/sources/yunlin-digital/statements/"
TYPED = {
    "words_zh": "口湖鄉上網率「增加 2.7 個百分點」",
    "said_in": "新聞稿",
    "said_on": "2025-07-01",
    "says": "points",
    "indicator": "yl.online",
    "unit": "YUN-kouhu",
    "period": "2024",
    "earlier": "2023",
    "figure": "＋2.7",
}


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def officer(
    staff_client: Callable[..., SignedIn], agency: Agency, at_instant: Callable[..., Any]
) -> Any:
    client = staff_client(Role.OFFICER, agency)
    with at_instant(DAY0 + timedelta(hours=3)):
        yield client


def page(client: SignedIn, url: str, status: int = 200, **typed: str) -> str:
    answer = client.post(url, typed) if typed else client.get(url)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def seal(shown: str) -> str:
    return shown.split('name="seal" value="')[1].split('"')[0]


def test_the_verdict_is_seen_before_anything_is_noted(officer: SignedIn, agency: Agency) -> None:
    surveyed(agency.pk)
    assert "you see the verdict before anything is noted" in page(officer, DESK)
    shown = page(officer, f"{DESK}new/")
    assert 'name="note"' not in shown
    shown = page(officer, f"{DESK}new/", **TYPED)
    assert "</span> Holds</span>" in shown
    assert "From 78.5% to 81.2% is +2.7 points; +2.7 is said." in shown
    assert 'id="verdict"' in shown
    assert not Claim.objects.exists()
    done = officer.post(f"{DESK}new/", TYPED | {"seal": seal(shown), "note": "1"})
    one = Claim.objects.get()
    assert done["Location"] == f"{DESK}{one.pk}/"
    assert (one.figure, one.decimals, str(one.said_on)) == (2.7, 1, "2025-07-01")
    assert "The statement is noted" in page(officer, done["Location"])
    shown = page(officer, PUBLIC)
    assert shown.count('class="survey-card"') == 1
    assert '<span lang="zh-Hant">口湖鄉上網率「增加 2.7 個百分點」</span>' in shown
    assert "新聞稿" in shown
    assert "1 Jul 2025" in shown or "2025-07-01" in shown
    assert "雲林縣政府" in shown  # who says it, if nobody else does


def test_what_was_changed_after_the_verdict_is_judged_again(
    officer: SignedIn, agency: Agency
) -> None:
    surveyed(agency.pk)
    shown = page(officer, f"{DESK}new/", **TYPED)
    typed = TYPED | {"figure": "5", "seal": seal(shown), "note": "1"}
    again = page(officer, f"{DESK}new/", 422, **typed)
    assert "Look at the verdict first" in again
    assert "</span> Does not hold</span>" in again
    assert seal(again) != seal(shown)
    assert not Claim.objects.exists()
    assert officer.post(f"{DESK}new/", typed | {"seal": seal(again)}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"figure": ""}, "Is needed"),
        ({"figure": "viel"}, "is no number"),
        ({"says": "flat"}, "Is not part of “flat”"),
        ({"earlier": "2024"}, "Is not before the period"),
        ({"earlier": ""}, "Is needed"),
        ({"says": "highest", "figure": ""}, "Is not part of being highest"),
        ({"indicator": "yl.fraud"}, "There is no figure of"),
        ({"period": "1999"}, "valid choice"),
        ({"words_zh": ""}, "required"),
        ({"said_in": " "}, "required"),
        ({"address": "nowhere"}, "valid URL"),
        ({"words_zh": "字" * 201}, "at most 200"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    officer: SignedIn, agency: Agency, changes: dict[str, str], told: str
) -> None:
    source = surveyed(agency.pk)
    taken(source, "unit,period,yl.fraud\n斗六市,2024,5\n".encode(), name="fraud.csv")
    shown = page(officer, f"{DESK}new/", 422, **(TYPED | {"note": "1"} | changes))
    assert told in shown
    assert 'id="verdict"' not in shown
    for value in (TYPED | changes).values():
        assert not value.strip() or value in shown
    assert not Claim.objects.exists()


def test_faults_are_told_in_chinese_too(officer: SignedIn, agency: Agency) -> None:
    surveyed(agency.pk)
    address = f"{DESK}new/".removeprefix("/en")
    assert "這不早於所比較的時期" in page(officer, address, 422, **(TYPED | {"earlier": "2024"}))


def test_a_statement_is_withdrawn_with_a_reason_and_stays_to_be_read(
    officer: SignedIn, agency: Agency
) -> None:
    one = noted(surveyed(agency.pk))
    assert page(officer, f"{DESK}{one.pk}/withdraw/", 422, reason=" ")
    done = officer.post(f"{DESK}{one.pk}/withdraw/", {"reason": "引用有誤"})
    shown = page(officer, done["Location"])
    assert "Withdrawn: it is judged no more" in shown
    assert "<textarea" not in shown
    assert page(officer, f"{DESK}{one.pk}/withdraw/", 409, reason="再一次")
    assert "withdrawn" in page(officer, DESK)
    shown = page(officer, PUBLIC)
    assert 'data-verdict="withdrawn"' in shown
    assert "引用有誤" in shown
    assert "Of these two periods nothing that is said is noted." in shown


def test_others_read_and_do_not_write(staff_client: Callable[..., SignedIn]) -> None:
    one = noted(surveyed())  # the platform's
    officer = staff_client(Role.OFFICER, make_agency())
    assert "Add a statement" not in page(officer, DESK)
    assert "Withdraw this statement" not in page(officer, f"{DESK}{one.pk}/")
    for path in ("new/", f"{one.pk}/withdraw/"):
        assert officer.post(DESK + path, {"reason": "x"}).status_code == 403
    assert officer.get(f"{DESK}new/").status_code == 403
    assert staff_client(Role.CHECKER).get(DESK).status_code == 403
    admin = staff_client(Role.ADMINISTRATOR)
    assert admin.get(f"{DESK}999/").status_code == 404
    assert admin.post(f"{DESK}999/withdraw/", {"reason": "x"}).status_code == 404


def test_without_a_survey_or_figures_the_page_says_what_to_do(
    staff_client: Callable[..., SignedIn],
) -> None:
    source = declared()
    admin = staff_client(Role.ADMINISTRATOR)
    assert "first say of the source that it is one" in page(admin, DESK)
    assert admin.get(f"{DESK}new/")["Location"] == DESK
    assert "Add a statement" not in page(admin, DESK)
    source.survey = True
    source.save(update_fields=["survey"])
    assert "Import the survey" in page(admin, DESK)
    assert admin.get(f"{DESK}new/")["Location"] == DESK


def test_more_statements_ask_no_more(officer: SignedIn, agency: Agency) -> None:
    source = surveyed(agency.pk)
    noted(source)
    addresses = (DESK, PUBLIC)
    few = {}
    for address in addresses:
        page(officer, address)
        few[address] = queries_of(lambda address=address: officer.get(address))  # type: ignore[misc]
    for words in ("另一句", "再一句"):
        noted(source, replace(SAID, words_zh=words))
    for address in addresses:
        assert queries_of(lambda address=address: officer.get(address)) == few[address]  # type: ignore[misc]
