"""Findings in the browser: the desk of the agency, and the page everybody reads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from minben.base import hot_pages
from minben.base.sections import Reader, Seen, sections_for
from minben.casework.about import About
from minben.casework.models import Case
from minben.findings import actions
from minben.findings.models import Finding, Fix, Retest, Study
from minben.kernel.actor import ANONYMOUS, Role
from tests.factories import DAY, DAY0, make_agency
from tests.findings_samples import FACTS, a_case, a_draft, finding, officer, picture, published
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LATER = DAY0 + 20 * DAY
STUDY = {
    "service": "網路報稅",
    "tested_on": "2026-03-01",
    "groups": "上班族 4\n退休教師 2",
    "steps": "登入\n確認家戶",
    "method": "請六位使用者實際操作，旁邊有人觀察。",
    "bounds": "契約第四年",
    "source": "",
}
FINDING = {
    "step": "登入",
    "severity": "blocks",
    "what": "找不到讀卡機元件",
    "hit": "3",
    "quote": "",
    "alt": "",
}


@pytest.fixture(autouse=True)
def now(at_instant: At) -> Any:
    with at_instant(LATER):
        yield


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def browser(staff_client: Callable[..., SignedIn], case: Case) -> SignedIn:
    return staff_client(Role.OFFICER, case.lead)


def page_of(case: Case, language: str = "/en") -> str:
    return f"{language}/cases/{case.number}/findings/"


class TestDesk:
    def test_from_the_first_line_to_the_publication(self, browser: SignedIn, case: Case) -> None:
        url = f"/en/desk/cases/{case.number}/findings/"
        assert "Write down a test" in browser.get(url).content.decode()
        assert browser.post(url, STUDY).status_code == 302
        study = Study.objects.get()
        desk = f"/en/desk/findings/{study.pk}/"
        assert browser.post(f"{desk}add/", FINDING).status_code == 302
        again = browser.post(f"{desk}add/", FINDING | {"more": "1", "step": "確認家戶"})
        assert again["Location"] == f"{desk}add/"
        page = browser.get(desk).content.decode()
        assert "找不到讀卡機元件" in page
        assert page_of(case) not in page
        assert Client().get(page_of(case)).status_code == 404
        assert browser.post(f"{desk}publish/").status_code == 302
        assert Client().get(page_of(case)).status_code == 200
        listed = browser.get(url).content.decode()
        assert "public" in listed
        assert "2 findings" in listed

    def test_what_was_typed_comes_back_with_the_refusal_beside_it(
        self, browser: SignedIn, case: Case
    ) -> None:
        url = f"/en/desk/cases/{case.number}/findings/"
        for change, told in (
            ({"groups": "上班族"}, "One kind of participant a line"),
            ({"steps": "登入\n登入"}, "Two lines say the same"),
            ({"tested_on": "2026-12-31"}, "not in the future"),
            ({"tested_on": ""}, "required"),
        ):
            answer = browser.post(url, STUDY | change)
            page = answer.content.decode()
            assert answer.status_code == 422, change
            assert told in page
            assert "契約第四年" in page
        assert not Study.objects.exists()

    def test_a_finding_is_refused_beside_its_field(self, browser: SignedIn, case: Case) -> None:
        study = a_draft(case, officer(case))
        url = f"/en/desk/findings/{study.pk}/add/"
        before = Finding.objects.count()
        for change, told in (
            ({"hit": "7"}, "A whole number, at most 6"),
            ({"step": "退稅"}, "not one of the available choices"),
            ({"what": "卡"}, "4 to 500 characters"),
            ({"severity": ""}, "required"),
        ):
            answer = browser.post(url, FINDING | change)
            assert answer.status_code == 422, change
            assert told in answer.content.decode()
        assert Finding.objects.count() == before

    def test_a_screenshot_needs_words_and_is_shown_with_them(
        self, browser: SignedIn, case: Case, settings: LazySettings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = str(tmp_path)
        by = officer(case)
        study = a_draft(case, by)
        url = f"/en/desk/findings/{study.pk}/add/"
        bare = browser.post(url, {**FINDING, "picture": picture()})
        assert bare.status_code == 422
        assert "Say in words what the picture shows" in bare.content.decode()
        told = {**FINDING, "alt": "安裝視窗", "picture": picture()}
        assert browser.post(url, told).status_code == 302
        no_picture = {**told, "picture": picture("a.png").__class__("a.png", b"%PDF-1.4 %%EOF")}
        assert browser.post(url, no_picture).status_code == 422
        actions.publish_study(study_id=study.pk, by=by, at=DAY0)
        assert 'alt="安裝視窗"' in Client().get(page_of(case)).content.decode()

    def test_a_draft_is_changed_and_a_publication_corrected(
        self, browser: SignedIn, case: Case
    ) -> None:
        study = a_draft(case, officer(case))
        row = finding(study)
        url = f"/en/desk/findings/seen/{row.pk}/"
        assert "Why it is corrected" not in browser.get(url).content.decode()
        assert browser.post(url, FINDING | {"hit": "4"}).status_code == 302
        row.refresh_from_db()
        assert row.hit == 4
        actions.publish_study(study_id=study.pk, by=officer(case), at=DAY0)
        assert "Why it is corrected" in browser.get(url).content.decode()
        unexplained = browser.post(url, FINDING)
        assert unexplained.status_code == 422
        assert browser.post(url, FINDING | {"reason": "人數誤植"}).status_code == 302
        html = Client().get(page_of(case)).content.decode()
        assert "Corrected once" in html
        assert "人數誤植" in html
        assert "3 of 6 people" in html
        assert browser.get(url).status_code == 404, "only the newest wording is corrected"

    def test_a_finding_is_taken_out_of_a_draft_only(self, browser: SignedIn, case: Case) -> None:
        study = a_draft(case, officer(case))
        row = finding(study)
        assert browser.post(f"/en/desk/findings/seen/{row.pk}/remove/").status_code == 302
        assert not Finding.objects.filter(pk=row.pk).exists()
        actions.publish_study(study_id=study.pk, by=officer(case), at=DAY0)
        left = Finding.objects.get()
        assert browser.post(f"/en/desk/findings/seen/{left.pk}/remove/").status_code == 409
        assert browser.get(f"/en/desk/findings/seen/{left.pk}/remove/").status_code == 405

    def test_changes_and_retests_are_told(self, browser: SignedIn, case: Case) -> None:
        study = published(case, officer(case))
        row = finding(study)
        fix = f"/en/desk/findings/seen/{row.pk}/fix/"
        assert "找不到讀卡機元件" in browser.get(fix).content.decode()
        early = browser.post(fix, {"what": "加上安裝說明", "changed_on": "2026-03-01"})
        assert early.status_code == 422
        assert "加上安裝說明" in early.content.decode()
        assert (
            browser.post(fix, {"what": "加上安裝說明", "changed_on": "2026-03-10"}).status_code
            == 302
        )
        assert Fix.objects.count() == 1
        retest = f"/en/desk/findings/{study.pk}/retest/"
        assert f"still_{row.pk}" in browser.get(retest).content.decode()
        told = {"tested_on": "2026-03-20", "n": "5", f"still_{row.pk}": "6"}
        refused = browser.post(retest, told)
        assert refused.status_code == 422
        assert "at most 5" in refused.content.decode()
        assert browser.post(retest, told | {f"still_{row.pk}": "0"}).status_code == 302
        assert Retest.objects.count() == 1
        html = Client().get(page_of(case)).content.decode()
        assert "Gone: 1 of 1 that blocked, 0 of 1 that made hesitate." in html
        assert "tested again: 0 of 5 people still stumbled" in html

    def test_an_incomplete_study_is_refused_on_its_own_page(
        self, browser: SignedIn, case: Case
    ) -> None:
        by = officer(case)
        study = actions.begin_study(
            case_id=case.pk,
            facts=actions.Facts("網路報稅", FACTS.tested_on),
            by=by,
            at=DAY0,
        )
        answer = browser.post(f"/en/desk/findings/{study.pk}/publish/")
        assert answer.status_code == 409
        assert "Not complete yet" in answer.content.decode()

    def test_others_are_kept_out(
        self,
        staff_client: Callable[..., SignedIn],
        citizen_client: Callable[..., SignedIn],
        case: Case,
    ) -> None:
        study = a_draft(case, officer(case))
        row = finding(study)
        stranger = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
        urls = [
            f"/en/desk/cases/{case.number}/findings/",
            f"/en/desk/findings/{study.pk}/",
            f"/en/desk/findings/{study.pk}/add/",
            f"/en/desk/findings/{study.pk}/retest/",
            f"/en/desk/findings/seen/{row.pk}/",
            f"/en/desk/findings/seen/{row.pk}/fix/",
        ]
        citizen = citizen_client()
        for url in urls:
            assert stranger.get(url).status_code == 403, url
            assert citizen.get(url).status_code == 403, url
        helper = staff_client(Role.PARTICIPATION, case.lead)
        assert helper.get(urls[1]).status_code == 200
        assert helper.post(f"/en/desk/findings/{study.pk}/publish/").status_code == 403
        assert stranger.get("/en/desk/findings/9999999/").status_code == 404


class TestPublic:
    def test_the_strip_has_a_row_for_every_step_and_a_mark_for_every_finding(
        self, client: Client, case: Case, django_assert_max_num_queries: Any
    ) -> None:
        published(case, officer(case))
        with django_assert_max_num_queries(12):
            html = client.get(page_of(case, "")).content.decode()
        assert html.count('role="rowheader"') == 5
        assert html.count('data-severity="blocks" data-look="open" transform') == 1
        assert "2026年3月2日" in html
        assert "6 個人實際操作" in html
        assert "還沒有修改" in html
        assert "我到底裝了沒有？" in html
        assert "契約第四年" in html

    def test_machines_read_the_same(self, client: Client, case: Case) -> None:
        by = officer(case)
        study = published(case, by)
        row = finding(study)
        actions.tell_fix(
            finding_id=row.pk, what="加上說明", changed_on=FACTS.tested_on, by=by, at=LATER
        )
        [told] = client.get(f"/api/v1/cases/{case.number}/findings").json()
        assert told["n"] == 6
        assert told["steps"][0] == "登入"
        [first, second] = told["findings"]
        assert (first["severity"], first["standing"], first["hit"]) == ("blocks", "fixed", 3)
        assert first["fixes"] == [{"what": "加上說明", "changed_on": "2026-03-02"}]
        assert (second["severity"], second["standing"]) == ("hesitates", "open")
        assert client.get("/api/v1/cases/nothing/findings").status_code == 404

    def test_a_case_that_is_public_no_more_tells_nothing(
        self, client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published(case, officer(case))
        assert client.get(page_of(case)).status_code == 200
        hidden = About(case.number, case.subject, False, "/")
        for place in ("views.public", "api"):
            monkeypatch.setattr(f"minben.findings.{place}.about_one", lambda case_id: hidden)
        hot_pages.forget_all()
        assert client.get(page_of(case)).status_code == 404
        assert client.get(f"/api/v1/cases/{case.number}/findings").status_code == 404

    def test_the_sections_of_the_two_pages(
        self, case: Case, django_assert_num_queries: Any
    ) -> None:
        by = officer(case)

        def codes(reader: Reader) -> list[str]:
            seen = Seen(case.pk, case.number, ANONYMOUS, LATER)
            return [section.code for section, _ in sections_for(reader, seen)]

        assert "findings" not in codes(Reader.PUBLIC)
        assert "findings" in codes(Reader.STAFF)
        a_draft(case, by)
        assert "findings" not in codes(Reader.PUBLIC)
        published(case, by)
        assert "findings" in codes(Reader.PUBLIC)
        from minben.findings.sections import _staff

        with django_assert_num_queries(1):
            _staff(Seen(case.pk, case.number, by, LATER))
