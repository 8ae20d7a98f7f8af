"""The ladder in the browser: criteria for everybody, statements on the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.base.sections import Reader, Seen, sections_for
from minben.casework.about import About
from minben.casework.models import Case
from minben.kernel.actor import ANONYMOUS, Role
from minben.ladder.models import Statement
from minben.ladder.sections import _staff
from tests.factories import DAY, DAY0, make_agency
from tests.findings_samples import a_case, officer
from tests.ladder_samples import HEARD, TOLD, stated
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LATER = DAY0 + 20 * DAY
TYPED: dict[str, Any] = {
    "title": "第二場工作坊",
    "kind": "workshop",
    "held_on": "2026-03-10",
    "facts_influence": ["purpose_open", "about_matter", "told_before"],
    "influence": TOLD.influence,
    "facts_decided": [],
    "decided": TOLD.decided,
    "facts_outcome": [],
    "outcome": TOLD.outcome,
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


class TestDesk:
    def test_a_process_is_stated_and_stated_anew(self, browser: SignedIn, case: Case) -> None:
        url = f"/en/desk/cases/{case.number}/participation/"
        assert "State a process" in browser.get(url).content.decode()
        assert browser.post(url, TYPED).status_code == 302
        first = Statement.objects.get()
        assert first.rung == 3
        page = browser.get(url).content.decode()
        assert "Rung 3 of 8: Informing (Tokenism)." in page
        again = f"/en/desk/participation/{first.process_id}/"
        form = browser.get(again).content.decode()
        assert TOLD.decided in form
        assert form.count("checked") == 3
        more = TYPED | {"facts_influence": [fact.value for fact in HEARD[:5]]}
        assert browser.post(again, more).status_code == 302
        assert [row.rung for row in Statement.objects.all()] == [3, 4]
        assert browser.post(again, more).status_code == 409

    def test_what_was_typed_comes_back_with_the_refusal_beside_it(
        self, browser: SignedIn, case: Case
    ) -> None:
        url = f"/en/desk/cases/{case.number}/participation/"
        for change, told in (
            ({"held_on": "2026-12-31"}, "what lies ahead has no rung yet"),
            ({"decided": "財政部"}, "10 to 600 characters"),
            ({"kind": ""}, "required"),
            ({"facts_decided": ["everything"]}, "not one of the available choices"),
        ):
            answer = browser.post(url, TYPED | change)
            page = answer.content.decode()
            assert answer.status_code == 422, change
            assert told in page
            assert TOLD.outcome in page
        assert not Statement.objects.exists()

    def test_others_are_kept_out(
        self,
        staff_client: Callable[..., SignedIn],
        citizen_client: Callable[..., SignedIn],
        case: Case,
    ) -> None:
        row = stated(case, officer(case))
        stranger = staff_client(Role.LEAD, make_agency("交通部", "motc"))
        helper = staff_client(Role.PARTICIPATION, case.lead)
        for url in (
            f"/en/desk/cases/{case.number}/participation/",
            f"/en/desk/participation/{row.process_id}/",
        ):
            for client in (stranger, helper, citizen_client()):
                assert client.get(url).status_code == 403, url


class TestPublic:
    def test_the_criteria_stand_there_with_their_source(self, client: Client) -> None:
        html = client.get("/about/ladder/").content.decode()
        assert "Arnstein, S. R. (1969)" in html
        assert html.index("公民控制") < html.index("授予權力") < html.index("操縱")
        assert "還沒有說明" in html

    def test_a_stated_process_is_listed_with_its_rung(
        self, client: Client, case: Case, django_assert_max_num_queries: Any
    ) -> None:
        stated(case, officer(case))
        with django_assert_max_num_queries(8):
            html = client.get("/en/about/ladder/").content.decode()
        assert "第一場工作坊" in html
        assert "4 · Consultation" in html
        assert "n = 1" in html
        assert "1 process stands here" in html

    def test_machines_read_the_same(self, client: Client, case: Case) -> None:
        stated(case, officer(case))
        told = client.get("/api/v1/ladder").json()
        assert [rung["n"] for rung in told["rungs"]] == list(range(1, 9))
        assert told["rungs"][3]["name"] == {"zh": "諮詢", "en": "Consultation"}
        assert [line["rung"] for line in told["processes"]] == [4]
        [one] = client.get(f"/api/v1/cases/{case.number}/participation").json()
        assert one["missing_for_the_next"] == ["answered"]
        assert one["decided"] == TOLD.decided
        assert client.get("/api/v1/cases/nothing/participation").status_code == 404

    def test_a_case_that_is_public_no_more_tells_nothing(
        self, client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stated(case, officer(case))
        hidden = About(case.number, case.subject, False, "/")
        monkeypatch.setattr("minben.ladder.api.about_one", lambda case_id: hidden)
        monkeypatch.setattr("minben.ladder.queries.about", lambda ids: dict.fromkeys(ids, hidden))
        assert client.get(f"/api/v1/cases/{case.number}/participation").status_code == 404
        assert client.get("/api/v1/ladder").json()["processes"] == []
        assert "第一場工作坊" not in client.get("/about/ladder/").content.decode()

    def test_the_sections_of_the_two_pages(
        self, case: Case, client: Client, django_assert_num_queries: Any
    ) -> None:
        def codes(reader: Reader) -> list[str]:
            seen = Seen(case.pk, case.number, ANONYMOUS, LATER)
            return [section.code for section, _ in sections_for(reader, seen)]

        assert "ladder" not in codes(Reader.PUBLIC)
        by = officer(case)
        stated(case, by)
        assert "ladder" in codes(Reader.PUBLIC)
        with django_assert_num_queries(1):
            _staff(Seen(case.pk, case.number, by, LATER))
        html = client.get(f"/en/cases/{case.number}/").content.decode()
        assert "How far did participation go?" in html
        assert html.count("data-here") == 1
        assert "stated by the agency" in html
