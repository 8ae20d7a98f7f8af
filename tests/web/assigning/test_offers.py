"""Who is responsible, in the browser: the agency's answer, the platform's, and what everybody sees."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from minben.assigning.models import Offer
from minben.base.inbox import Waits, waiting
from minben.base.sections import Reader, Seen, sections_for
from minben.kernel.actor import ANONYMOUS, Role
from minben.people import queries as people
from minben.proposals.models import Proposal
from tests.db.assigning.handing import AT, REASON, Asked, asked
from tests.factories import accept_one, file_one, make_agency
from tests.web.conftest import SignedIn, sign_in
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
WHY = "道路設計屬交通部法定職掌，稅捐機關僅就財源提供意見。"


@pytest.fixture(autouse=True)
def _now(at_instant: Callable[[datetime], Any]) -> Iterator[None]:
    with at_instant(NOW):
        yield


@pytest.fixture
def case() -> Asked:
    return asked()


def browser(by: Any) -> SignedIn:
    return sign_in(people.user_of(by), by, strong=True)


def url(offer: Offer, act: str = "") -> str:
    return f"/en/desk/offers/{offer.pk}/" + (f"{act}/" if act else "")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def dispute(case: Asked, proposed: str = "") -> Any:
    client = browser(case.one)
    return client.post(url(case.offer(), "dispute"), {"reason": REASON, "proposed": proposed})


def test_the_agency_finds_what_waits_and_accepts(case: Asked) -> None:
    officer = browser(case.one)
    page = text(officer.get("/en/desk/offers/"))
    assert case.proposal.subject in page
    assert f'href="{url(case.offer())}"' in page
    assert 'href="/en/desk/offers/"' in page  # in the navigation
    detail = text(officer.get(url(case.offer())))
    assert "Does MOF lead?" in detail
    assert "併列主辦" in detail  # the rule it rests on
    answer = officer.post(url(case.offer(), "accept"))
    assert answer.status_code == 302
    page = text(officer.get("/en/desk/offers/"))
    assert "Nothing waits." in page
    assert "Settled last" in page
    again = officer.post(url(case.offer(), "accept"))
    assert again.status_code == 409
    assert "answered or withdrawn already" in text(again)
    assert "<textarea" not in text(officer.get(url(case.offer(), "dispute")))


def test_chinese_comes_first(case: Asked) -> None:
    page = text(browser(case.one).get(f"/desk/offers/{case.offer().pk}/"))
    assert "財政部是否主辦？" in page
    assert "附理由提出爭議" in page


def test_a_dispute_is_passed_on_and_two_refusals_lead_jointly(case: Asked) -> None:
    answer = dispute(case, "交通部")
    assert answer.status_code == 302
    waits = text(browser(case.one).get("/en/desk/offers/"))
    assert "Waits for others" in waits
    assert "Another agency has been asked." in waits
    second = browser(case.two)
    form = text(second.get(url(case.offer(case.second), "dispute")))
    assert "If MOTC refuses as well, both lead jointly." in form
    assert 'name="proposed"' not in form
    answer = second.post(url(case.offer(case.second), "dispute"), {"reason": REASON})
    assert answer.status_code == 302
    assert case.parts == [("lead", "mof"), ("lead", "motc")]
    public = text(Client().get(f"/en/proposals/{case.proposal.case.number}/"))
    assert public.count(REASON) == 2
    assert "Two agencies lead jointly" in public
    assert "Passed on: MOTC is asked." in public


def test_what_was_typed_stays_beside_why_it_is_refused(case: Asked) -> None:
    officer = browser(case.one)
    refused = officer.post(
        url(case.offer(), "dispute"), {"reason": REASON, "proposed": "不存在的機關"}
    )
    assert refused.status_code == 422
    assert REASON in text(refused)
    assert "不存在的機關" in text(refused)
    assert "中央行政機關組織基準法" in text(refused)  # the law an agency rests on
    for reason, words in (
        ("忙", "at least 20 characters"),
        ("長" * 1001, "at most 1000"),
        ("長" * 2001, "at most 2000"),
    ):
        refused = officer.post(url(case.offer(), "dispute"), {"reason": reason})
        assert refused.status_code == 422
        assert words in text(refused)
    assert case.offer().answer == "open"


def test_strangers_are_refused_every_page_and_act(
    case: Asked, staff_client: Callable[..., SignedIn], citizen_client: Callable[..., SignedIn]
) -> None:
    offer = case.offer()
    other = staff_client(Role.LEAD, make_agency("內政部", "moi"))
    clerk = staff_client(Role.CLERK)
    for act in ("", "accept", "dispute", "escalate", "decide"):
        for client in (other, clerk, citizen_client()):
            sent = client.post(url(offer, act), {"reason": WHY}) if act else client.get(url(offer))
            assert sent.status_code == 403, act
        assert Client().get(url(offer, act)).status_code == 302  # to sign in
    assert browser(case.one).get(url(offer, "decide")).status_code == 403
    assert browser(case.one).get("/en/desk/offers/999999/").status_code == 404
    checker = staff_client(Role.CHECKER)
    assert checker.get(url(offer)).status_code == 200
    assert checker.get("/en/desk/offers/").status_code == 403
    assert "Dispute, with a reason" not in text(checker.get(url(offer)))
    assert case.offer().answer == "open"


def test_the_platform_decides_what_is_escalated(case: Asked) -> None:
    dispute(case, "motc")
    officer, admin = browser(case.one), browser(case.admin)
    refused = officer.post(url(case.offer(), "escalate"), {"reason": "短"})
    assert refused.status_code == 422
    assert "at least 20 characters" in text(refused)
    assert officer.post(url(case.offer(), "escalate"), {"reason": WHY}).status_code == 302
    assert "Ask the platform to decide</a>" not in text(officer.get(url(case.offer())))
    page = text(admin.get("/en/desk/offers/"))
    assert case.proposal.subject in page
    last = case.offer(case.second)
    form = text(admin.get(url(last, "decide")))
    assert 'value="mof"' in form
    assert 'value="motc"' in form
    assert REASON in form
    refused = admin.post(url(last, "decide"), {"reason": WHY})
    assert refused.status_code == 422
    assert "Name at least one agency" in text(refused)
    refused = admin.post(url(last, "decide"), {"other": "沒有", "reason": WHY})
    assert refused.status_code == 422
    assert admin.post(url(last, "decide"), {"agencies": "motc", "reason": WHY}).status_code == 302
    assert case.parts == [("lead", "motc")]
    assert "No dispute waits" in text(admin.get("/en/desk/offers/"))
    gone = text(admin.get(url(last, "decide")))
    assert "Nothing is disputed here any more." in gone
    public = text(Client().get(f"/en/proposals/{case.proposal.case.number}/"))
    assert WHY in public
    assert "The platform decided who is responsible" in public


def test_forcing_is_for_administrators_and_from_a_thousand_on(
    case: Asked, staff_client: Callable[..., SignedIn]
) -> None:
    number = case.proposal.case.number
    admin = browser(case.admin)
    naming, forcing = (
        f"/en/desk/cases/{number}/agencies/",
        f"/en/desk/cases/{number}/agencies/force/",
    )
    assert forcing not in text(admin.get(naming))
    typed = {"agency_0": str(case.second.pk), "reason": WHY}
    refused = admin.post(forcing, typed)
    assert refused.status_code == 409
    assert "from 1000 endorsements on" in text(refused)
    assert WHY in text(refused)
    Proposal.objects.filter(pk=case.proposal.pk).update(endorsed=1000, numbered=1000)
    assert f'href="{forcing}"' in text(admin.get(naming))
    assert admin.post(forcing, typed | {"reason": "短"}).status_code == 422
    for by in (staff_client(Role.CHECKER), browser(case.one)):
        assert by.post(forcing, typed).status_code == 403
    assert admin.post(forcing, typed).status_code == 302
    assert case.parts == [("lead", "motc")]
    public = text(Client().get(f"/en/proposals/{number}/"))
    assert "The assignment was forced" in public
    assert WHY in public
    refused = browser(case.two).post(url(case.offer(case.second), "dispute"), {"reason": REASON})
    assert refused.status_code == 409
    assert "from 1000 endorsements on" in text(refused)


def test_the_naming_page_tells_the_answers(case: Asked) -> None:
    page = text(browser(case.admin).get(f"/en/desk/cases/{case.proposal.case.number}/agencies/"))
    assert "What the agencies answered" in page
    assert "Not answered yet" in page


def test_the_inbox_knows_for_whom_it_waits(case: Asked) -> None:
    (mine,) = [item for item in waiting(case.one, NOW) if "offers" in item.url]
    assert (mine.waits, mine.case_id) == (Waits.ME, case.proposal.case_id)
    assert not [item for item in waiting(case.two, NOW) if "offers" in item.url]
    dispute(case, "motc")
    assert [i.waits for i in waiting(case.one, NOW) if "offers" in i.url] == [Waits.OTHERS]
    assert [i.waits for i in waiting(case.two, NOW) if "offers" in i.url] == [Waits.ME]
    browser(case.one).post(url(case.offer(), "escalate"), {"reason": WHY})
    assert [i.waits for i in waiting(case.admin, NOW) if "offers" in i.url] == [Waits.ME]
    assert [i.waits for i in waiting(case.two, NOW) if "offers" in i.url] == [Waits.OTHERS]


def section(reader: Reader, proposal: Proposal, by: Any) -> Any:
    seen = Seen(proposal.case_id, proposal.case.number, by, NOW)
    found = [load for one, load in sections_for(reader, seen) if one.code == "assigning"]
    return found[0] if found else None


def test_the_sections_tell_who_is_responsible(case: Asked) -> None:
    dispute(case, "motc")
    staff = section(Reader.STAFF, case.proposal, case.one)
    assert [row["offer"].agency.code for row in staff["rows"]] == ["mof", "motc"]
    public = section(Reader.PUBLIC, case.proposal, ANONYMOUS)
    assert [row.agency.code for row in public["leads"]] == ["mof"]
    assert next(one.data.get("reason") for one in public["handovers"]) == REASON


def test_cases_without_offers_show_fine() -> None:
    proposal = file_one()
    assert section(Reader.STAFF, proposal, ANONYMOUS) is None
    public = section(Reader.PUBLIC, proposal, ANONYMOUS)
    assert (public["leads"], public["assists"], public["handovers"]) == ([], [], ())


def test_the_public_page_of_the_handling_tells_every_step(case: Asked) -> None:
    dispute(case, "motc")
    page = text(Client().get(f"/en/cases/{case.proposal.case.number}/"))
    assert "How it came to be" in page
    assert REASON in page
    assert "Passed on: MOTC is asked." in page
    assert "Lead agency: MOF" in page  # the naming itself


def test_many_offers_cost_no_more_statements(case: Asked) -> None:
    officer = browser(case.one)
    officer.get("/en/desk/offers/")
    few = queries_of(lambda: officer.get("/en/desk/offers/"))
    for _ in range(5):
        more = file_one(agencies=(case.first,))
        accept_one(more)
    assert Offer.objects.filter(agency=case.first).count() == 6
    assert queries_of(lambda: officer.get("/en/desk/offers/")) == few <= 12
    assert queries_of(lambda: officer.get(url(case.offer()))) <= 10
