"""The editor of a split, in the browser: what officers do and what they are told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.casework import actions as casework
from minben.demands import actions
from minben.demands.models import Demand, SplitVersion
from minben.kernel.actor import SYSTEM, Role
from minben.notify.models import Notice
from tests.db.demands.scene import NOW, REASON, Scene, assigned, close, disposed, propose, split
from tests.factories import make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]


def editor(one: Scene) -> str:
    return f"/en/desk/cases/{one.proposal.case.number}/demands/"


def test_a_demand_is_added_and_shown(one: Scene, officer: SignedIn) -> None:
    assert "The case is not split yet" in officer.get(editor(one)).content.decode()
    answer = officer.post(
        editor(one), {"act": "add", "text": " 增設行人庇護島 ", "drawn_from": "請設置庇護島"}
    )
    assert answer.status_code == 302
    row = Demand.objects.get()
    assert (row.text, row.drawn_from, row.number, row.state) == (
        "增設行人庇護島",
        "請設置庇護島",
        1,
        "open",
    )
    page = officer.get(editor(one)).content.decode()
    assert "增設行人庇護島" in page
    assert "請設置庇護島" in page
    assert "No agency named yet" in page


def test_what_is_too_short_comes_back_with_the_rule(one: Scene, officer: SignedIn) -> None:
    answer = officer.post(editor(one), {"act": "add", "text": "燈", "drawn_from": "原文如此"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say in 5 to 300 characters" in page
    assert "平臺訴求處理規則" in page
    assert ">\n燈</textarea>" in page
    assert ">\n原文如此</textarea>" in page
    assert not Demand.objects.exists()


def test_sentences_of_the_proposal_become_demands(one: Scene, officer: SignedIn) -> None:
    page = officer.get(editor(one)).content.decode()
    sentence = "路口太寬，長者一次綠燈走不完，請設置庇護島並延長秒數，讓行人安全通過。"
    assert f'value="{sentence}"' in page
    officer.post(editor(one), {"act": "choose", "sentence": [sentence, "這句不在提議裡面。"]})
    row = Demand.objects.get()
    assert (row.text, row.drawn_from) == (sentence, sentence)
    assert f'value="{sentence}"' not in officer.get(editor(one)).content.decode()


def test_choosing_nothing_is_said(one: Scene, officer: SignedIn) -> None:
    answer = officer.post(editor(one), {"act": "choose"}, follow=True)
    assert "Choose at least one sentence." in answer.content.decode()


def test_a_case_of_an_agency_has_no_words_to_choose_from(officer: SignedIn, one: Scene) -> None:
    case = casework.open_agency_case(
        agency_id=one.agency.pk,
        jurisdiction_code="ey",
        subject="報稅軟體好用嗎",
        by=officer.actor,
        at=NOW,
    )
    page = officer.get(f"/en/desk/cases/{case.number}/demands/").content.decode()
    assert "Choose sentences" not in page
    actions.add_demand(case_id=case.pk, text="報稅網頁可在手機使用", by=officer.actor, at=NOW)
    page = officer.get(f"/en/desk/cases/{case.number}/demands/").content.decode()
    assert "nobody is asked to correct it" in page
    officer.post(f"/en/desk/cases/{case.number}/demands/publish/", {"note": ""})
    version = SplitVersion.objects.get()
    assert version.corrections_until is None
    public = Client().get(f"/en/cases/{case.number}/demands/").content.decode()
    assert "nobody is asked to correct how it was split" in public
    assert not Notice.objects.filter(kind="demands.split_published").exists()


def test_what_is_decided_on_a_case_of_an_agency_is_published_from_here(
    one: Scene, officer: SignedIn
) -> None:
    case = casework.open_agency_case(
        agency_id=one.agency.pk,
        jurisdiction_code="ey",
        subject="報稅軟體好用嗎",
        by=officer.actor,
        at=NOW,
    )
    path = f"/en/desk/cases/{case.number}/demands/"
    row = actions.add_demand(case_id=case.pk, text="報稅網頁可在手機使用", by=officer.actor, at=NOW)
    row = actions.assign_demand(demand_id=row.pk, agency_id=one.agency.pk, by=officer.actor, at=NOW)
    assert "Publish the dispositions" not in officer.get(path).content.decode()
    assert officer.post(f"{path}dispositions/").status_code == 409
    disposed(one, row)
    assert "Publish the dispositions" in officer.get(path).content.decode()
    assert officer.post(f"{path}dispositions/").status_code == 409  # the split comes first
    actions.publish_split(case_id=case.pk, by=officer.actor, at=NOW)
    assert officer.post(f"{path}dispositions/").status_code == 302
    row.refresh_from_db()
    assert row.state == "published"
    assert REASON in Client().get(f"/en/cases/{case.number}/demands/").content.decode()


def test_dispositions_on_a_proposal_are_published_with_its_answer_only(
    one: Scene, officer: SignedIn
) -> None:
    [row] = assigned(one, "增設行人庇護島")
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    disposed(one, row)
    assert "Publish the dispositions" not in officer.get(editor(one)).content.decode()
    assert officer.post(f"{editor(one)}dispositions/").status_code == 404
    row.refresh_from_db()
    assert row.state == "disposed"


def test_demands_change_places(one: Scene, officer: SignedIn) -> None:
    first, second, third = split(one)
    officer.post(f"/en/desk/demands/{third.pk}/move/", {"direction": "up"})
    officer.post(f"/en/desk/demands/{first.pk}/move/", {"direction": "up"})  # already the first
    officer.post(f"/en/desk/demands/{first.pk}/move/", {"direction": "down"})
    order = list(Demand.objects.order_by("position").values_list("pk", flat=True))
    assert order == [third.pk, first.pk, second.pk]


def test_the_words_are_changed(one: Scene, officer: SignedIn) -> None:
    first, *_ = split(one)
    path = f"/en/desk/demands/{first.pk}/change/"
    assert officer.get(path).status_code == 200
    officer.post(
        path, {"act": "words", "text": "增設無障礙庇護島", "drawn_from": "", "revision": 1}
    )
    first.refresh_from_db()
    assert (first.text, first.revision) == ("增設無障礙庇護島", 2)


def test_of_two_who_reword_the_second_sees_both(one: Scene, officer: SignedIn) -> None:
    first, *_ = split(one)
    actions.reword_demand(
        demand_id=first.pk, text="先存的文字", drawn_from="", revision=1, by=one.officer, at=NOW
    )
    path = f"/en/desk/demands/{first.pk}/change/"
    told = {"act": "words", "text": "後寫的文字", "drawn_from": "", "revision": 1}
    answer = officer.post(path, told)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先存的文字" in page
    assert ">\n後寫的文字</textarea>" in page
    assert 'name="revision" value="2"' in page
    officer.post(path, told | {"revision": 2})
    first.refresh_from_db()
    assert first.text == "後寫的文字"


def test_an_agency_is_named_and_its_officers_are_told(one: Scene, officer: SignedIn) -> None:
    theirs = make_staff(Role.OFFICER, one.other)
    first, *_ = split(one)
    path = f"/en/desk/demands/{first.pk}/change/"
    page = officer.get(path).content.decode()
    assert page.index("MOF</option>") < page.index("MOT</option>"), "those of the case first"
    officer.post(path, {"act": "agency", "agency": one.other.pk})
    first.refresh_from_db()
    assert first.agency == one.other
    [letter] = Notice.objects.filter(kind="demands.assigned")
    assert letter.recipient == theirs.id
    assert letter.context["text"] == first.text


def test_an_agency_of_another_government_is_not_offered(one: Scene, officer: SignedIn) -> None:
    stranger = make_agency("臺北市政府交通局", "tp-dot", "taipei")
    first, *_ = split(one)
    answer = officer.post(
        f"/en/desk/demands/{first.pk}/change/", {"act": "agency", "agency": stranger.pk}
    )
    assert answer.status_code == 422
    first.refresh_from_db()
    assert first.agency is None


def test_a_demand_is_left_out_with_a_reason_and_taken_in_again(
    one: Scene, officer: SignedIn
) -> None:
    first, second, _ = split(one)
    path = f"/en/desk/demands/{second.pk}/change/"
    answer = officer.post(path, {"act": "leave_out", "into": "", "why": "無"})
    assert answer.status_code == 422
    assert "Give a reason of 5 to 500 characters" in answer.content.decode()
    officer.post(path, {"act": "leave_out", "into": first.pk, "why": "與第一項相同。"})
    second.refresh_from_db()
    assert (second.state, second.merged_into, second.closed_reason) == (
        "merged",
        first,
        "與第一項相同。",
    )
    assert "Merged into demand 1" in officer.get(editor(one)).content.decode()
    officer.post(f"/en/desk/demands/{second.pk}/restore/")
    second.refresh_from_db()
    assert (second.state, second.merged_into, second.closed_reason) == ("open", None, "")


def test_the_split_is_published_and_the_petitioner_told(one: Scene, officer: SignedIn) -> None:
    split(one)
    path = f"/en/desk/cases/{one.proposal.case.number}/demands/publish/"
    officer.post(path, {"note": "第一版"})
    version = SplitVersion.objects.get()
    assert [item["text"] for item in version.items] == [
        "增設行人庇護島",
        "延長行人綠燈秒數",
        "路口加裝照明",
    ]
    [letter] = Notice.objects.filter(kind="demands.split_published")
    assert letter.recipient == f"person:{one.petitioner.pk}"
    assert letter.context["until"] == "2026-03-12"  # seven days from the day after 5 March
    page = officer.get(editor(one)).content.decode()
    assert "Version 1 is public since" in page
    assert "Publish the split" not in page
    answer = officer.post(path, {"note": ""})
    assert answer.status_code == 409
    assert "there is nothing new to publish" in answer.content.decode()


def test_a_correction_is_answered_where_it_waits(one: Scene, officer: SignedIn) -> None:
    split(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    made = propose(one)
    page = officer.get(editor(one)).content.decode()
    assert "增設無障礙的庇護島" in page
    path = f"/en/desk/demands/corrections/{made.pk}/"
    answer = officer.post(path, {"taken": "yes", "answer": "好"})
    assert answer.status_code == 422
    assert ">\n好</textarea>" in answer.content.decode()
    officer.post(path, {"taken": "yes", "answer": "確為提議原意。"})
    assert Demand.objects.get(number=1).text == "增設無障礙的庇護島"
    assert "無障礙" not in str(SplitVersion.objects.get().items)
    again = officer.post(path, {"taken": "no", "answer": "改變主意了。"})
    assert again.status_code == 409


def test_other_agencies_do_not_split(one: Scene, staff_client: STAFF) -> None:
    stranger = staff_client(Role.OFFICER, one.other)
    assert stranger.get(editor(one)).status_code == 403
    first, *_ = split(one)
    assert stranger.post(editor(one), {"act": "add", "text": "增設照明設備"}).status_code == 403
    path = f"/en/desk/demands/{first.pk}/change/"
    assert stranger.get(path).status_code == 403
    assert stranger.post(f"/en/desk/demands/{first.pk}/move/").status_code == 403
    actions.assign_demand(demand_id=first.pk, agency_id=one.other.pk, by=one.officer, at=NOW)
    page = stranger.get(editor(one)).content.decode()  # they read what their demand is part of
    assert "增設行人庇護島" in page
    assert "Add a demand" not in page
    assert stranger.post(editor(one), {"act": "add", "text": "增設照明設備"}).status_code == 403


@pytest.mark.parametrize("role", [Role.CHECKER, Role.CLERK])
def test_who_has_nothing_to_do_with_it_is_refused(
    one: Scene, staff_client: STAFF, role: Role
) -> None:
    assert staff_client(role).get(editor(one)).status_code == 403


def test_a_closed_case_is_only_read(one: Scene, officer: SignedIn) -> None:
    first, *_ = split(one)
    close(one)
    page = officer.get(editor(one)).content.decode()
    assert "Add a demand" not in page
    answer = officer.post(editor(one), {"act": "add", "text": "再加一項訴求"})
    assert answer.status_code == 409
    assert "This case is closed" in answer.content.decode()
    page = officer.get(f"/en/desk/demands/{first.pk}/change/").content.decode()
    assert "This demand can't be changed now" in page


def test_what_is_not_there_is_not_found(officer: SignedIn) -> None:
    for path in (
        "cases/2026-999999/demands/",
        "demands/999999/",
        "demands/999999/change/",
        "demands/999999/correct/",
    ):
        assert officer.get(f"/en/desk/{path}").status_code == 404
    for path in ("demands/999999/move/", "demands/999999/restore/", "demands/corrections/999999/"):
        assert officer.post(f"/en/desk/{path}").status_code == 404


def test_the_statements_of_the_editor_do_not_grow(one: Scene, officer: SignedIn) -> None:
    assigned(one)
    officer.get(editor(one))
    few = queries_of(lambda: officer.get(editor(one)))
    assigned(one, *(f"第{n}個路口加裝照明" for n in range(12)))
    assert queries_of(lambda: officer.get(editor(one))) == few
    assert few <= 14


def test_the_sections_of_the_officers_screen_ask_twice(
    one: Scene, officer: SignedIn, settings: Any
) -> None:
    path = f"/en/desk/cases/{one.proposal.case.number}/"
    rows = assigned(one)
    page = officer.get(path).content.decode()
    assert "3 demands, 3 being worked on." in page
    assert "Nothing of the split is public yet." in page
    disposed(one, rows[0], "not_adopted")
    page = officer.get(path).content.decode()
    assert "3 demands, 2 being worked on." in page
    assert SYSTEM.id not in page
