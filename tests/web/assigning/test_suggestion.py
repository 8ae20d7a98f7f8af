"""Where agencies are named the page says what past cases suggest, and why."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from minben.audit import queries as audit
from minben.kernel.actor import Role
from minben.proposals.models import Proposal
from tests.archived_precedents import TAX, take_past_cases
from tests.factories import file_one, make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, queries_of

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture(autouse=True)
def _now(at_instant: Callable[[datetime], Any]) -> Iterator[None]:
    with at_instant(NOW):
        yield


@pytest.fixture
def admin(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.ADMINISTRATOR)


def asked() -> Proposal:
    return file_one(subject="報稅軟體請支援蘋果電腦")


def page_of(proposal: Proposal) -> str:
    return f"/desk/cases/{proposal.case.number}/agencies/"


def test_the_page_names_agencies_with_linked_cases_and_shared_words(admin: SignedIn) -> None:
    take_past_cases()
    proposal = asked()
    page = admin.get(page_of(proposal)).content.decode()
    assert "依前案建議" in page
    assert f"<strong>{TAX}</strong>" in page
    past = Proposal.objects.get(subject="報稅軟體請支援第0種電腦")
    assert page.count('href="/proposals/') >= 5
    assert "共同用語：" in page
    assert "報稅軟體請支援" in page.replace(proposal.subject, "").replace(past.subject, "")
    english = admin.get("/en" + page_of(proposal)).content.decode()
    assert "<strong>Ministry of Finance</strong>" in english
    assert "most alike of 40 past cases" in english


def test_it_is_recorded_for_auditors_and_not_public(admin: SignedIn) -> None:
    take_past_cases()
    proposal = asked()
    admin.get(page_of(proposal))
    admin.get(page_of(proposal))
    kinds = [event.kind for event in audit.of_case(proposal.case_id)]
    assert kinds.count("assigning.suggested") == 1
    assert "assigning.suggested" not in [
        event.kind for event in audit.public_history(proposal.case_id)
    ]
    record = admin.get(f"/desk/cases/{proposal.case.number}/record/?show=all")
    assert "依前案建議權責機關" in record.content.decode()


def test_nothing_is_chosen_for_anybody(admin: SignedIn) -> None:
    take_past_cases()
    form = admin.get(page_of(asked())).context["form"]
    assert [field.value() for field in form] == [None] * len(list(form))
    assert len(list(form)) == 3


def test_too_few_cases_are_said(admin: SignedIn) -> None:
    take_past_cases(2)
    page = admin.get(page_of(asked())).content.decode()
    assert "前案只有 2 件，數量太少" in page
    assert "共同用語" not in page


def test_a_refused_form_keeps_the_suggestion(admin: SignedIn) -> None:
    take_past_cases()
    other = make_agency("臺北市政府交通局", "taipei-dot", "taipei")
    proposal = asked()
    answer = admin.post(page_of(proposal), {"agency_0": other.pk})
    assert answer.status_code == 422
    assert TAX in answer.content.decode()


def test_the_page_takes_at_most_twelve_statements(admin: SignedIn) -> None:
    take_past_cases()
    proposal = asked()
    first = queries_of(lambda: admin.get(page_of(proposal)))
    again = queries_of(lambda: admin.get(page_of(proposal)))
    assert again < first <= MOST
