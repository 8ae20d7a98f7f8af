"""Issue sheet and stakeholder map in the browser: drawn, said in words, changed without a script."""

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from minben.casework.models import Case
from minben.kernel.actor import Role
from minben.proceedings import actions
from minben.proceedings.queries import worksheets
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import NodeKind
from minben.proceedings.rules.stakeholders import Kind, Stakeholder, Stance
from tests.factories import DAY0, file_one, make_agency
from tests.held import a_case, officer
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_day0")]
NASTY = "<script>alert(1)</script> & 「引號」"


@pytest.fixture(autouse=True)
def _on_day0(at_instant: Callable[..., Any]) -> Any:
    with at_instant(DAY0):
        yield


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.OFFICER, make_agency())


def drawn(case: Case, *, publish: bool = True) -> None:
    """Three entries, two links; the demand tries to break out of the page."""
    by = officer()
    for kind, text in (
        (NodeKind.DEMAND, NASTY),
        (NodeKind.FACET, "使用者介面"),
        (NodeKind.EVIDENCE, "滿意度調查"),
    ):
        source = "https://example.org/a?b=1&c=2" if kind is NodeKind.EVIDENCE else ""
        actions.add_issue(case_id=case.pk, kind=kind, text=text, source=source, by=by, at=DAY0)
    actions.link_issues(case_id=case.pk, one=1, other=2, by=by, at=DAY0)
    actions.link_issues(case_id=case.pk, one=3, other=1, by=by, at=DAY0)
    if publish:
        actions.publish_sheet(case_id=case.pk, kind=SheetKind.ISSUES, by=by, at=DAY0)


def mapped(case: Case) -> None:
    by = officer()
    for name, kind, invited in (("教授們", Kind.EXPERTS, 20), (NASTY, Kind.CITIZENS, 1)):
        row = Stakeholder(0, name, kind, 5, 2, Stance.AFFECTED, invited=invited)
        actions.add_stakeholder(case_id=case.pk, row=row, by=by, at=DAY0)
    actions.publish_sheet(case_id=case.pk, kind=SheetKind.STAKEHOLDERS, by=by, at=DAY0)


def test_the_picture_and_the_list_say_the_same(client: Client, case: Case) -> None:
    drawn(case)
    page = client.get(f"/cases/{case.number}/issues/").content.decode()
    assert "<script>alert" not in page
    pictures = re.findall(r"<svg[^>]*issue-map-svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) == 2
    words = page[page.index('class="issue-list"') :]
    for picture in pictures:
        root = ElementTree.fromstring(picture)
        boxes = [node for node in root.iter() if node.get("class") == "map-box"]
        for box in boxes:
            text = "".join(
                t.text or "" for t in box.iter() if t.tag.endswith("text") and not t.get("class")
            )
            plain = "".join(text.split())
            assert plain in "".join(
                words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split()
            )
        assert len(boxes) == len(re.findall(r'id="issue-\d+"', words)) == 3
        lines = [node for node in root.iter() if node.get("class") == "map-line"]
        assert len(lines) == len(re.findall(r'href="#issue-\d+"', words)) == 2
    assert 'href="https://example.org/a?b=1&amp;c=2"' in words


def test_no_style_nor_script_is_drawn(client: Client, case: Case) -> None:
    drawn(case)
    mapped(case)
    for name in ("issues", "stakeholders"):
        page = client.get(f"/cases/{case.number}/{name}/").content.decode()
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)


def test_versions_stay_readable(client: Client, case: Case) -> None:
    drawn(case)
    actions.edit_issue(case_id=case.pk, key=2, text="操作流程", revision=1, by=officer(), at=DAY0)
    url = f"/en/cases/{case.number}/issues/"
    assert "操作流程" not in client.get(url).content.decode()
    actions.publish_sheet(case_id=case.pk, kind=SheetKind.ISSUES, by=officer(), at=DAY0)
    assert "操作流程" in client.get(url, {"version": ""}).content.decode()
    assert "使用者介面" in client.get(url, {"version": "1"}).content.decode()
    assert client.get(url, {"version": "3"}).status_code == 404
    assert client.get(url, {"version": "x"}).status_code == 404


def test_data_and_drawing_can_be_taken_along(client: Client, case: Case) -> None:
    drawn(case)
    mapped(case)
    told = json.loads(client.get(f"/cases/{case.number}/issues.json").content)
    assert told["content"]["nodes"][0]["text"] == NASTY
    assert told["content"]["links"] == [[1, 2], [3, 1]]
    assert len(told["sha256"]) == 64
    svg = client.get(f"/cases/{case.number}/issues.svg")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(svg.content).tag == "{http://www.w3.org/2000/svg}svg"
    told = json.loads(client.get(f"/cases/{case.number}/stakeholders.json").content)
    assert told["content"]["rows"][0]["invited"] == 20


def test_the_stakeholder_page_says_what_is_out_of_balance(client: Client, case: Case) -> None:
    mapped(case)
    page = client.get(f"/en/cases/{case.number}/stakeholders/").content.decode()
    assert "More than half of those invited" in page
    assert "20 / 21" in page
    assert "2017-05-08" in page
    assert page.count('class="grid-dot"') == 2
    assert "<script>alert" not in page


def test_nothing_is_shown_before_it_is_published_or_of_a_case_that_is_not_public(
    client: Client, case: Case
) -> None:
    drawn(case, publish=False)
    hidden = file_one()
    for number in (case.number, hidden.case.number, "2026-999999"):
        for name in ("issues/", "issues.json", "issues.svg", "stakeholders/", "stakeholders.json"):
            assert client.get(f"/cases/{number}/{name}").status_code == 404


def test_a_sheet_of_a_case_that_is_not_public_stays_inside(
    client: Client, staff_client: Callable[..., SignedIn]
) -> None:
    waiting = file_one(agencies=(make_agency(),))
    admin = staff_client(Role.ADMINISTRATOR)
    sent = {"act": "add", "kind": "demand", "text": "訴求", "source": ""}
    assert admin.post(f"/desk/cases/{waiting.case.number}/issues/", sent).status_code == 302
    assert admin.post(f"/desk/cases/{waiting.case.number}/issues/publish/").status_code == 302
    assert client.get(f"/cases/{waiting.case.number}/issues/").status_code == 404


def test_an_officer_draws_without_a_script(desk: SignedIn, case: Case) -> None:
    url = f"/en/desk/cases/{case.number}/issues/"
    assert "The sheet is empty" in desk.get(url).content.decode()
    for kind, text in (("demand", "支援 Mac"), ("facet", "介面"), ("possible", "網頁版")):
        sent = {"act": "add", "kind": kind, "text": text, "source": ""}
        assert desk.post(url, sent).status_code == 302
    assert desk.post(url, {"act": "link", "one": "1", "other": "2"}).status_code == 302
    assert desk.post(url, {"act": "link", "one": "3", "other": "2"}).status_code == 302
    assert worksheets.issue_draft(case.pk).links == {(1, 2), (2, 3)}
    entry = desk.get(f"{url}2/").content.decode()
    assert "could be solved by" in entry
    assert "linked from" in entry
    assert desk.post(f"{url}2/change/", {"act": "unlink", "other": "1"}).status_code == 302
    edit = {"text": "操作介面", "source": "", "revision": "1"}
    assert desk.post(f"{url}2/", edit).status_code == 302
    assert desk.post(f"{url}1/change/", {"act": "remove", "revision": "1"}).status_code == 302
    sheet = worksheets.issue_draft(case.pk)
    assert [node.text for node in sheet.nodes] == ["操作介面", "網頁版"]
    assert sheet.links == {(2, 3)}
    assert desk.post(f"{url}publish/").status_code == 302
    assert worksheets.versions(case.pk, SheetKind.ISSUES)[0].number == 1


def test_what_was_typed_comes_back_beside_the_reason(desk: SignedIn, case: Case) -> None:
    url = f"/en/desk/cases/{case.number}/issues/"
    sent = {"act": "add", "kind": "evidence", "text": "統計數字", "source": ""}
    refused = desk.post(url, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Evidence needs the address of its source" in page
    assert "統計數字" in page
    drawn(case, publish=False)
    refused = desk.post(url, {"act": "link", "one": "1", "other": "1"})
    assert refused.status_code == 422
    assert "can&#x27;t be linked" in refused.content.decode()
    assert desk.post(url, {"act": "add", "kind": "x", "text": "a"}).status_code == 422
    for text in ("甲", "乙"):
        answer = desk.post(f"{url}2/", {"text": text, "source": "", "revision": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this entry" in page
    assert "乙" in page
    assert worksheets.issue_draft(case.pk).node(2).text == "甲"


def test_an_officer_keeps_the_stakeholder_map(desk: SignedIn, case: Case) -> None:
    url = f"/en/desk/cases/{case.number}/stakeholders/"
    assert "Nobody is on the map yet" in desk.get(url).content.decode()
    row = {
        "name": "視障團體", "kind": "quiet", "interest": "5", "influence": "1",
        "stance": "affected", "invited": "2", "coming": "0", "note": "", "revision": "",
    }  # fmt: skip
    assert desk.post(url, row).status_code == 302
    assert "Nobody of this kind is invited" in desk.get(url).content.decode()
    refused = desk.post(f"{url}1/", row | {"coming": "3", "revision": "1"})
    assert refused.status_code == 422
    assert "No more people can come" in refused.content.decode()
    assert desk.post(f"{url}1/", row | {"coming": "1", "revision": "1"}).status_code == 302
    assert desk.post(f"{url}1/", row | {"note": "晚了", "revision": "1"}).status_code == 409
    assert worksheets.stakeholder_draft(case.pk).rows[0].coming == 1
    assert desk.post(f"{url}1/", {"act": "remove", "revision": "2"}).status_code == 302
    assert not worksheets.stakeholder_draft(case.pk).rows


def test_another_agency_and_citizens_are_refused(
    staff_client: Callable[..., SignedIn],
    citizen_client: Callable[..., SignedIn],
    client: Client,
    case: Case,
) -> None:
    drawn(case, publish=False)
    other = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
    base = f"/desk/cases/{case.number}"
    for path in ("/issues/", "/issues/1/", "/stakeholders/"):
        assert other.get(base + path).status_code == 403
        assert citizen_client().get(base + path).status_code == 403
        assert client.get(base + path).status_code == 302
    for path in ("/issues/publish/", "/issues/1/change/", "/stakeholders/publish/"):
        assert other.post(base + path).status_code == 403
    assert len(worksheets.issue_draft(case.pk).nodes) == 3


def test_pages_ask_little(client: Client, desk: SignedIn, case: Case) -> None:
    drawn(case)
    mapped(case)
    for name in ("issues", "stakeholders"):
        assert queries_of(lambda name=name: client.get(f"/cases/{case.number}/{name}/")) <= 4
        url = f"/desk/cases/{case.number}/{name}/"
        assert queries_of(lambda url=url: desk.get(url)) <= 10
