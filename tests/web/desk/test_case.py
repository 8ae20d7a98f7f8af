"""The screen of a case: who may open it, what stands on it, and that it asks the database little."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from minben.audit.actions import record
from minben.base import sections
from minben.base.refusals import sentence
from minben.base.sections import Reader, Section, Seen
from minben.casework import actions as casework
from minben.casework.models import Case
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency
from minben.proposals.models import Proposal
from tests.factories import accept_one, file_one, make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, draft_one, hide_one, queries_of, reach_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]
MOST = 12  # statements on the screen of a case, those for session, account and roles included


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def reached(agency: Agency) -> Proposal:
    return reach_one(agency)


@pytest.fixture
def officer(staff_client: STAFF, agency: Agency) -> SignedIn:
    return staff_client(Role.OFFICER, agency)


def url(number: str) -> str:
    return f"/en/desk/cases/{number}/"


def own_case(agency: Agency) -> Case:
    """A case the agency brings itself."""
    return casework.open_agency_case(
        agency_id=agency.pk,
        jurisdiction_code="ey",
        subject="電子發票載具整合之公共諮詢",
        by=SYSTEM,
        at=NOW,
    )


def many_events(case_id: int, count: int) -> None:
    """So many acts of one member of staff after another."""
    for n in range(count):
        record(
            "casework.response_drafted",
            by=SYSTEM,
            at=NOW + timedelta(seconds=n),
            subject=f"case:{case_id}",
            case_id=case_id,
            data={"revision": n},
        )


def test_everything_of_the_case_stands_on_it(
    officer: SignedIn, agency: Agency, reached: Proposal
) -> None:
    draft_one(reached, officer.actor)
    page = officer.get(url(reached.case.number)).content.decode()
    assert reached.subject in page
    assert agency.name_en in page
    assert "Formal response" in page
    assert "2 May 2026" in page  # by when the answer is due
    assert "Draft saved" in page
    assert "Reached the threshold" in page
    for name in ("response", "extend", "case_receipts"):
        assert f"/{name.replace('case_', '')}" in page
    assert f'href="/en/desk/responses/{reached.case.number}/"' in page
    assert f'href="/en/cases/{reached.case.number}/"' in page
    assert "Name agencies" not in page  # the administrator's


def test_who_did_it_is_named(officer: SignedIn, reached: Proposal) -> None:
    draft_one(reached, officer.actor)
    page = officer.get(url(reached.case.number)).content.decode()
    assert f"{officer.user.nickname} (#{officer.user.pk})" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.LEAD, 200),
        (Role.PARTICIPATION, 200),
        (Role.CHECKER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.CLERK, 403),
    ],
)
def test_who_may_open_it(
    staff_client: STAFF, agency: Agency, reached: Proposal, role: Role, status: int
) -> None:
    held = agency if role in (Role.OFFICER, Role.LEAD, Role.PARTICIPATION) else None
    answer = staff_client(role, held).get(url(reached.case.number))
    assert answer.status_code == status
    assert (reached.subject in answer.content.decode()) == (status == 200)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.PARTICIPATION])
def test_another_agency_has_no_part_in_it(
    staff_client: STAFF, reached: Proposal, role: Role
) -> None:
    answer = staff_client(role, make_agency("交通部", "motc")).get(url(reached.case.number))
    assert answer.status_code == 403
    assert sentence(Refusal("no_part_in_case")) in html.unescape(answer.content.decode())
    assert "no part in this case" in answer.content.decode()
    assert reached.subject not in answer.content.decode()


def test_an_assisting_agency_has_a_part(staff_client: STAFF, agency: Agency) -> None:
    motc = make_agency("交通部", "motc")
    proposal = file_one(agencies=(agency, motc))
    case = Case.objects.get(pk=proposal.case_id)
    casework.assign_agencies(case=case, agency_ids=[agency.pk, motc.pk], by=SYSTEM, at=NOW)
    page = staff_client(Role.OFFICER, motc).get(url(proposal.case.number)).content.decode()
    assert "assisting" in page
    assert "Write the response" not in page


def test_an_unknown_number_is_not_found(officer: SignedIn) -> None:
    assert officer.get(url("2026-999999")).status_code == 404


def test_a_case_of_an_agency_has_a_screen_too(officer: SignedIn, agency: Agency) -> None:
    case = own_case(agency)
    page = officer.get(url(case.number)).content.decode()
    assert case.subject in page
    assert "Case of an agency" in page
    assert f'href="/en/cases/{case.number}/"' in page
    assert "proposals/" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_what_is_not_public_has_no_public_links(staff_client: STAFF) -> None:
    checker = staff_client(Role.CHECKER)
    for proposal in (file_one(), hide_one(file_one(), checker.actor)):
        page = checker.get(url(proposal.case.number)).content.decode()
        assert f"/en/cases/{proposal.case.number}/" not in page
        assert f"/en/proposals/{proposal.case.number}/" not in page
        assert f"/en/desk/checks/{proposal.case.number}/" in page


def test_older_events_stand_on_further_pages(officer: SignedIn, reached: Proposal) -> None:
    many_events(reached.case_id, 60)
    first = officer.get(url(reached.case.number)).content.decode()
    second = officer.get(url(reached.case.number) + "?page=2").content.decode()
    shown = re.findall(r'class="desk-event-at', first), re.findall(r'class="desk-event-at', second)
    assert len(shown[0]) == 50
    assert 0 < len(shown[1]) < 50
    assert "Reached the threshold" in second
    assert "Reached the threshold" not in first.split("desk-events", 1)[1]


@pytest.mark.parametrize("asked", ["0", "-3", "x", "9999", "²"])
def test_nonsense_for_a_page_is_some_page(officer: SignedIn, reached: Proposal, asked: str) -> None:
    answer = officer.get(url(reached.case.number), {"page": asked})
    assert answer.status_code == 200
    assert "desk-event-at" in answer.content.decode()


def test_sections_come_in_their_order_with_what_they_loaded(
    officer: SignedIn, reached: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(seen: Seen) -> dict[str, object]:
        assert (seen.case_id, seen.number) == (reached.case_id, reached.case.number)
        return {"title": f"Loaded for {seen.actor.id}", "body": "&"}

    monkeypatch.setattr(sections, "_sections", {})
    sections.register(
        Section("later", "Later", 20, Reader.STAFF, "c/empty.html", load),
        Section("sooner", "Sooner", 10, Reader.STAFF, "c/empty.html", load),
        Section("public", "For everybody", 1, Reader.PUBLIC, "c/empty.html", load),
        Section("nothing", "Nothing", 1, Reader.STAFF, "c/empty.html", lambda seen: None),
    )
    page = officer.get(url(reached.case.number)).content.decode()
    assert page.index('<h2 id="sooner"') < page.index('<h2 id="later"')
    assert 'href="#sooner"' in page
    assert page.count(f"Loaded for {officer.actor.id}") == 2
    assert "&amp;" in page
    assert "For everybody" not in page
    assert '"nothing"' not in page


def test_five_hundred_events_take_no_more_statements(
    officer: SignedIn, agency: Agency, reached: Proposal
) -> None:
    draft_one(reached, officer.actor)
    accepted = accept_one(file_one(agencies=(agency,)))
    first, second = url(reached.case.number), url(accepted.case.number)
    officer.get(first)  # caches of templates and translations fill up
    assert queries_of(lambda: officer.get(second)) <= MOST
    few = queries_of(lambda: officer.get(first))
    many_events(reached.case_id, 500)
    assert queries_of(lambda: officer.get(first)) == few
    assert few <= MOST


def test_the_desk_itself_asks_once(
    officer: SignedIn, reached: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    officer.get(url(reached.case.number))
    assert queries_of(lambda: officer.get(url(reached.case.number))) <= 4  # three say who asks
