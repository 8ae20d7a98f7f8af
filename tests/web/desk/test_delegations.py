"""The desk's page of deputies."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.kernel.actor import Role
from minben.people.models import Delegation, RoleGrant
from tests.factories import DAY, DAY0, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]
URL = "/desk/delegations/"


@pytest.fixture
def _now(at_instant: Any) -> Any:
    with at_instant(DAY0):
        yield


def typed(lead: SignedIn, deputy: SignedIn, **changes: str) -> dict[str, str]:
    grant = RoleGrant.objects.get(user=lead.user)
    whole = {"grant": str(grant.pk), "delegate": str(deputy.user.pk), "kind": "leave"}
    return whole | {"since": "2026-03-02", "until": "2026-03-09"} | changes


@pytest.mark.usefixtures("_now")
def test_a_deputy_is_named_seen_by_both_and_ended(staff_client: STAFF, at_instant: Any) -> None:
    agency = make_agency()
    lead, deputy = staff_client(Role.LEAD, agency), staff_client(Role.OFFICER, agency)
    assert lead.post(URL, typed(lead, deputy)).status_code == 302
    shown = f"{deputy.user.nickname} 代理 {lead.user.nickname}"
    assert shown in lead.get(URL).content.decode()
    home = deputy.get("/desk/").content.decode()
    assert f"代理：財政部 {lead.user.nickname}" in home
    assert "代理：" not in lead.get("/desk/").content.decode()
    with at_instant(DAY0 + 8 * DAY):
        assert "代理：" not in deputy.get("/desk/").content.decode()
    row = Delegation.objects.get()
    assert (row.until - row.since).days == 8
    assert deputy.post(f"{URL}{row.pk}/end/").status_code == 302
    assert "代理：" not in deputy.get("/desk/").content.decode()
    assert shown not in lead.get(URL).content.decode()


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": "2026-03-01"}, "訖日須在起日之後"),
        ({"until": "2027-04-01"}, "最長一年"),
        ({"until": "9999-12-31"}, "年份"),
        ({"delegate": "self"}, "不得指定本人"),
        ({"kind": "whim"}, "whim"),
    ],
)
def test_what_is_refused_stands_beside_its_field(
    staff_client: STAFF, changes: dict[str, str], said: str
) -> None:
    agency = make_agency()
    lead, deputy = staff_client(Role.LEAD, agency), staff_client(Role.OFFICER, agency)
    given = {
        name: str(lead.user.pk) if value == "self" else value for name, value in changes.items()
    }
    answer = lead.post(URL, typed(lead, deputy, **given))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Delegation.objects.exists()


@pytest.mark.usefixtures("_now")
def test_others_roles_and_others_people_are_not_to_be_chosen(staff_client: STAFF) -> None:
    agency, other = make_agency(), make_agency("交通部", "motc")
    officer, lead = staff_client(Role.OFFICER, agency), staff_client(Role.LEAD, agency)
    far = staff_client(Role.OFFICER, other)
    own = typed(officer, lead)
    for changes in ({"grant": typed(lead, far)["grant"]}, {"delegate": str(far.user.pk)}):
        assert officer.post(URL, own | changes).status_code == 422
    assert not Delegation.objects.exists()
    assert far.user.email not in officer.get(URL).content.decode()


@pytest.mark.usefixtures("_now")
def test_the_record_of_a_case_says_whose_deputy_acted(staff_client: STAFF) -> None:
    agency = make_agency()
    lead, deputy = staff_client(Role.LEAD, agency), staff_client(Role.PARTICIPATION, agency)
    lead.post(URL, typed(lead, deputy))
    proposal = file_one(agencies=(agency,))
    admin = make_staff(Role.ADMINISTRATOR)
    from minben.casework import actions as casework
    from minben.people import queries as people

    casework.assign_agencies(case=proposal.case, agency_ids=[agency.pk], by=admin, at=DAY0)
    by = people.actor_of(deputy.user, DAY0)
    casework.draft_response(
        case_id=proposal.case_id,
        blocks={"analysis": "研議。"},
        adoption="",
        revision=0,
        by=by,
        at=DAY0,
    )
    html = staff_client(Role.ADMINISTRATOR).get(f"/desk/cases/{proposal.case.number}/record/")
    assert f"代理 {lead.user.nickname}" in html.content.decode()


@pytest.mark.usefixtures("_now")
def test_nobody_is_chosen_in_advance_and_the_holder_is_not_offered(staff_client: STAFF) -> None:
    agency = make_agency()
    officer = staff_client(Role.OFFICER, agency)
    page = officer.get("/en" + URL).content.decode()
    assert "Nobody else has a role in your agency." in page
    assert 'name="delegate"' not in page
    deputy = staff_client(Role.OFFICER, agency)
    page = officer.get("/en" + URL).content.decode()
    chosen = page.split('name="delegate"')[1].split("</select>")[0]
    assert 'value="" selected' in chosen
    assert f'value="{deputy.user.pk}"' in chosen
    assert f'value="{officer.user.pk}"' not in chosen
    assert "Name the deputy</button>" in page
    refused = officer.post("/en" + URL, typed(officer, deputy, delegate=""))
    assert refused.status_code == 422
    assert not Delegation.objects.exists()
