"""Acts on many rows: shown exactly, bound to a signed list, each row done or refused alone."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing

from minben.audit import queries as audit
from minben.base.bulk_acts import HOLDS_FOR, ROWS_MOST, SALT
from minben.kernel.actor import Role
from minben.people.models import RoleGrant
from minben.proposals import actions
from minben.proposals.models import Check, Proposal
from tests.factories import file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, hide_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]


@pytest.fixture
def checker(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.CHECKER)


def select(client: SignedIn, *proposals: Proposal, act: str = "take_up_checks") -> Any:
    return client.post("/en/desk/bulk/", {"act": act, "key": [f"check:{p.pk}" for p in proposals]})


def signed_in(page: str) -> str:
    """The signed list of a confirmation page."""
    found = re.search(r'name="list" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def confirm(client: SignedIn, signed: str) -> Any:
    return client.post("/en/desk/bulk/do/", {"list": signed})


def holder(proposal: Proposal) -> int | None:
    return Check.objects.get(proposal=proposal).locked_by_id


def test_what_is_confirmed_is_done_row_by_row(checker: SignedIn) -> None:
    one, two, untouched = file_one(), file_one(), file_one()
    page = select(checker, one, two).content.decode()
    assert "Exactly these 2 rows" in page
    assert one.subject in page
    assert two.case.number in page
    assert untouched.case.number not in page
    assert "nobody else can decide it in that time" in page
    assert holder(one) is None  # nothing is done before it is confirmed
    result = confirm(checker, signed_in(page)).content.decode()
    assert "2 done" in result
    assert (holder(one), holder(two)) == (checker.user.pk, checker.user.pk)
    assert holder(untouched) is None
    assert audit.latest("proposals.check_locked", f"proposal:{two.pk}") is not None
    again = select(checker, one, two, act="give_back_checks").content.decode()
    assert "2 done" in confirm(checker, signed_in(again)).content.decode()
    assert holder(one) is None


def test_a_row_that_changed_is_refused_and_the_others_are_done(checker: SignedIn) -> None:
    taken, decided, free = file_one(), file_one(), file_one()
    signed = signed_in(select(checker, taken, decided, free).content.decode())
    other = make_staff(Role.CHECKER)
    actions.take_up_check(proposal_id=taken.pk, by=other, at=NOW)
    hide_one(decided, other)
    result = confirm(checker, signed).content.decode()
    assert "1 done" in result
    assert "2 left as they are" in result
    assert result.count("It changed after you were shown it") == 2
    assert holder(taken) == other.person_id
    assert holder(free) == checker.user.pk


def test_a_row_the_rules_forbid_is_refused_with_its_reason(checker: SignedIn) -> None:
    own, theirs = file_one(checker.user), file_one()
    result = confirm(checker, signed_in(select(checker, own, theirs).content.decode()))
    page = result.content.decode()
    assert "1 left as it is" in page
    assert holder(own) is None
    assert holder(theirs) == checker.user.pk
    assert "your own" in page


def test_doing_it_twice_changes_nothing(checker: SignedIn) -> None:
    one = file_one()
    signed = signed_in(select(checker, one).content.decode())
    confirm(checker, signed)
    assert "1 left as it is" in confirm(checker, signed).content.decode()


def test_a_tampered_list_does_nothing(checker: SignedIn) -> None:
    one, two = file_one(), file_one()
    signed = signed_in(select(checker, one).content.decode())
    told = signing.loads(signed, salt=SALT)
    told["rows"][0][0] = two.pk
    forged = (
        signing.dumps(told, key="another key", salt=SALT, compress=True),
        signing.dumps(told, salt="another salt", compress=True),
        signed[:-1] + ("A" if signed[-1] != "A" else "B"),
        "",
        "nonsense",
    )
    for text in forged:
        answer = confirm(checker, text)
        assert answer.status_code == 422
        assert "changed on its way" in answer.content.decode()
    assert (holder(one), holder(two)) == (None, None)


def test_somebody_elses_list_does_nothing(checker: SignedIn, staff_client: STAFF) -> None:
    one = file_one()
    signed = signed_in(select(checker, one).content.decode())
    answer = confirm(staff_client(Role.CHECKER), signed)
    assert answer.status_code == 403
    assert "confirmed by somebody else" in answer.content.decode()
    assert holder(one) is None


def test_a_list_holds_for_a_quarter_of_an_hour(checker: SignedIn, at_instant: Any) -> None:
    one, two = file_one(), file_one()
    first, second = (signed_in(select(checker, p).content.decode()) for p in (one, two))
    with at_instant(NOW + HOLDS_FOR - timedelta(seconds=5)):
        assert confirm(checker, first).status_code == 200
    with at_instant(NOW + HOLDS_FOR + timedelta(seconds=5)):
        answer = confirm(checker, second)
    assert answer.status_code == 409
    assert "older than a quarter of an hour" in answer.content.decode()
    assert (holder(one), holder(two)) == (checker.user.pk, None)


def test_who_lost_the_role_cannot_confirm(checker: SignedIn, staff_client: STAFF) -> None:
    one = file_one()
    signed = signed_in(select(checker, one).content.decode())
    RoleGrant.objects.filter(user=checker.user).update(until=NOW - timedelta(minutes=1))
    staff_client(Role.OFFICER, make_agency(), user=checker.user)
    assert confirm(checker, signed).status_code == 403
    assert holder(one) is None


def test_what_cannot_be_listed(checker: SignedIn, staff_client: STAFF) -> None:
    one = file_one()
    assert select(checker).status_code == 302  # nothing selected
    assert select(checker, one, act="give_back_checks").status_code == 302  # not held
    assert select(checker, one, act="hide_all").status_code == 403
    officer = staff_client(Role.OFFICER, make_agency())
    assert select(officer, one).status_code == 403
    many = [f"check:{n}" for n in range(ROWS_MOST + 1)]
    assert checker.post("/en/desk/bulk/", {"act": "take_up_checks", "key": many}).status_code == 422


def test_foreign_and_odd_keys_are_left_out_and_counted(checker: SignedIn) -> None:
    one = file_one()
    keys = [
        f"check:{one.pk}",
        f"offer:{one.pk}",
        "check:x",
        "check:²",
        "check:" + "9" * 40,
        "check",
    ]
    page = checker.post("/en/desk/bulk/", {"act": "take_up_checks", "key": keys}).content.decode()
    assert "Exactly this 1 row" in page
    assert "5 selected rows do not take this act" in page


def test_the_inbox_offers_the_acts_to_those_who_may(checker: SignedIn, staff_client: STAFF) -> None:
    one = file_one()
    page = checker.get("/en/desk/").content.decode()
    assert f'value="check:{one.pk}"' in page
    assert 'value="take_up_checks"' in page
    assert "hide" not in re.findall(r'name="act" value="([^"]+)"', page)
    admin = staff_client(Role.ADMINISTRATOR).get("/en/desk/").content.decode()
    assert 'name="act"' not in admin


def test_a_get_is_not_an_act(checker: SignedIn) -> None:
    assert checker.get("/en/desk/bulk/").status_code == 405
    assert checker.get("/en/desk/bulk/do/").status_code == 405
