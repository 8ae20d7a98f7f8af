"""What the administrator does in the browser: agencies, roles, rule sets, the record of a case."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from minben.audit.actions import record
from minben.casework.models import CaseAgency, RuleSet
from minben.kernel.actor import SYSTEM, Role
from minben.people.models import RoleGrant
from minben.proposals.models import Proposal
from tests.factories import accept_one, file_one, make_agency, make_person
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, comment_one, draft_one, hide_one, reach_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]


@pytest.fixture
def admin(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.ADMINISTRATOR)


def name_agencies(client: SignedIn, proposal: Proposal, *ids: Any) -> Any:
    data = {f"agency_{place}": pk for place, pk in enumerate([*ids, "", "", ""][:3])}
    return client.post(f"/desk/cases/{proposal.case.number}/agencies/", data)


def test_any_running_case_gets_its_agencies(admin: SignedIn) -> None:
    mof, motc = make_agency(), make_agency("交通部", "motc")
    for proposal in (file_one(), accept_one(file_one()), reach_one(mof)):
        assert name_agencies(admin, proposal, motc.pk, mof.pk).status_code == 302
        rows = CaseAgency.objects.filter(case=proposal.case_id)
        assert [(row.agency_id, row.role) for row in rows.order_by("id")] == [
            (motc.pk, "lead"),
            (mof.pk, "assist"),
        ]


def test_a_new_lead_takes_the_duty_over(admin: SignedIn, staff_client: STAFF) -> None:
    mof, motc = make_agency(), make_agency("交通部", "motc")
    proposal = reach_one(mof)
    old, new = staff_client(Role.OFFICER, mof), staff_client(Role.OFFICER, motc)
    draft_one(proposal, old.actor)
    name_agencies(admin, proposal, motc.pk)
    assert old.get(f"/desk/responses/{proposal.case.number}/").status_code == 403
    page = new.get(f"/desk/responses/{proposal.case.number}/publish/").content.decode()
    assert "交通部" in page


@pytest.mark.parametrize("kind", ["none", "unknown", "foreign", "twice", "text"])
def test_agencies_that_cannot_be_named(admin: SignedIn, kind: str) -> None:
    mof = make_agency()
    foreign = make_agency("交通局", "tpe-dot", "taipei")
    proposal = file_one(agencies=(mof,))
    ids = {
        "none": [],
        "unknown": [987654],
        "foreign": [foreign.pk],
        "twice": [mof.pk, mof.pk],
        "text": ["x"],
    }[kind]
    answer = name_agencies(admin, proposal, *ids)
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert [row.agency_id for row in CaseAgency.objects.filter(case=proposal.case_id)] == [mof.pk]


def test_nobody_renames_who_was_responsible(admin: SignedIn, staff_client: STAFF) -> None:
    mof = make_agency()
    hidden = hide_one(file_one(), staff_client(Role.CHECKER).actor)
    assert name_agencies(admin, hidden, mof.pk).status_code == 409
    assert not CaseAgency.objects.filter(case=hidden.case_id).exists()


def grant(client: SignedIn, email: str, role: str, agency: Any = "") -> Any:
    return client.post("/desk/roles/", {"email": email, "role": role, "agency": agency})


def test_granting_and_ending_a_role(admin: SignedIn) -> None:
    agency, person = make_agency(), make_person()
    assert grant(admin, person.email.upper(), "officer", agency.pk)["Location"] == "/desk/roles/"
    row = RoleGrant.objects.get(user=person)
    assert (row.role, row.agency_id, row.granted_by) == ("officer", agency.pk, admin.actor.id)
    page = admin.get("/desk/roles/").content.decode()
    assert person.email in page
    assert "機關承辦人" in page
    assert admin.post(f"/desk/roles/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.until is not None
    assert admin.post(f"/desk/roles/{row.pk}/end/").status_code == 409


@pytest.mark.parametrize(
    ("email", "role", "agency", "field", "status"),
    [
        ("", "checker", "", "email", 422),
        ("no address", "checker", "", "email", 422),
        ("nobody@example.org", "checker", "", "email", 422),
        ("{person}", "", "", "role", 422),
        ("{person}", "emperor", "", "role", 422),
        ("{person}", "officer", "", "agency", 422),
        ("{person}", "lead", "987654", "agency", 422),
        ("{person}", "checker", "{agency}", "agency", 422),
        ("{holder}", "checker", "", "role", 409),
    ],
)
def test_roles_that_cannot_be_granted(
    admin: SignedIn,
    staff_client: STAFF,
    email: str,
    role: str,
    agency: str,
    field: str,
    status: int,
) -> None:
    known = {
        "person": make_person().email,
        "holder": staff_client(Role.CHECKER).user.email,
        "agency": make_agency().pk,
    }
    before = RoleGrant.objects.count()
    answer = grant(admin, email.format(**known), role, agency.format(**known))
    assert answer.status_code == status
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert email.format(**known) in page
    assert RoleGrant.objects.count() == before


def test_nobody_ends_their_own_administration(admin: SignedIn) -> None:
    own = RoleGrant.objects.get(user=admin.user)
    assert f"/desk/roles/{own.pk}/end/" not in admin.get("/desk/roles/").content.decode()
    assert admin.post(f"/desk/roles/{own.pk}/end/").status_code == 403
    assert admin.get("/desk/roles/").status_code == 200


def test_rule_sets_are_read_and_never_written(staff_client: STAFF) -> None:
    client = staff_client(Role.CLERK)
    page = client.get("/desk/rules/").content.decode()
    for code in RuleSet.objects.values_list("code", flat=True):
        assert f"/desk/rules/{code}/" in page
    page = client.get("/desk/rules/taipei-join-2018/").content.decode()
    assert "1,500" in page
    assert client.post("/desk/rules/").status_code == 405
    assert client.post("/desk/rules/taipei-join-2018/").status_code == 405


def test_cases_are_found_by_number_and_words(admin: SignedIn) -> None:
    mof = make_agency()
    one = file_one(subject="車站增設無障礙電梯", agencies=(mof,))
    other = file_one(subject="公園遊具改為共融式設計")
    page = admin.get("/desk/cases/?q=電梯").content.decode()
    assert one.case.number in page
    assert other.case.number not in page
    assert other.case.number in admin.get(f"/desk/cases/?q={other.case.number}").content.decode()
    alone = admin.get("/desk/cases/?show=without-agency").content.decode()
    assert other.case.number in alone
    assert one.case.number not in alone
    assert "找不到案件" in admin.get("/desk/cases/?q=沒有這種事").content.decode()
    home = admin.get("/desk/").content.decode()
    assert "未指定機關的案件" in home


def test_the_record_holds_acts_of_staff_and_of_citizens(
    admin: SignedIn, staff_client: STAFF
) -> None:
    checker = staff_client(Role.CHECKER)
    proposal = hide_one(file_one(), checker.actor)
    comment_one(proposal)
    record("discussion.commented", by=SYSTEM, at=NOW, subject="comment:1", case_id=proposal.case_id)
    url = f"/desk/cases/{proposal.case.number}/record/"
    page = admin.get(url).content.decode()
    assert "proposals.check_locked" in page
    assert checker.user.nickname in page
    assert "discussion.commented" not in page
    assert "discussion.commented" in admin.get(f"{url}?show=all").content.decode()


def test_the_csv_runs_nothing_and_keeps_secrets(admin: SignedIn) -> None:
    proposal = file_one()
    record(
        "proposals.filed",
        by=SYSTEM,
        at=NOW,
        subject="=cmd|'/C calc'!A0",
        case_id=proposal.case_id,
        label="@SUM(1+1)",
        private={"secret": "9876543210"},
    )
    answer = admin.get(f"/desk/cases/{proposal.case.number}/record.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows[0]) == 7
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert any("'=cmd" in cell for row in rows for cell in row)
    assert "9876543210" not in text
