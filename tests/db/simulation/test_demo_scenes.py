"""The cases of the demo told act by act: whole, by the platform's own acts, on their true days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from minben.assigning.models import Offer
from minben.audit.models import Event
from minben.casework.models import Case, Deadline, Extension
from minben.casework.rules import Adoption
from minben.demands.queries import published
from minben.findings.queries import whole_studies
from minben.findings.rules import Standing
from minben.kernel import clock
from minben.kernel.periods import local_day
from minben.ladder.queries import stated_in
from minben.ladder.rules import Fact, Rung
from minben.people.models import Delegation
from minben.proposals.models import Proposal
from minben.simulation.demo import load_demo
from tests.db.simulation.playing import played
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
PROPOSAL = "substitute-teacher-contract"
TAX, BUS = "重新設計網路報稅服務", "自駕小巴夜間試乘路線"


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo, of which only the proposal a scene is about is played."""
    folder = tmp_path_factory.mktemp("demo")
    with played(
        django_db_blocker, folder, lambda rows: [one for one in rows if one["key"] == PROPOSAL]
    ):
        yield


def case_about(subject: str) -> Case:
    return Case.objects.get(subject__startswith=subject)


def offers_of(case_id: int) -> list[tuple[str, str]]:
    """Who was asked, and what each answered, in the order of asking."""
    rows = Offer.objects.filter(case=case_id).order_by("pk")
    return list(rows.values_list("agency__code", "answer"))


def kinds_of(case_id: int) -> set[str]:
    return set(Event.objects.filter(case_id=case_id).values_list("kind", flat=True))


def the_tax_case_is_whole() -> None:
    case = case_about(TAX)
    assert local_day(case.filed_at) == date(2017, 5, 8)
    assert case.rule_set.code == "tw-join-2016"
    assert kinds_of(case.pk) >= {
        "proceedings.sheet_published",
        "meetings.announced",
        "meetings.held",
        "proceedings.transcript_published",
        "proceedings.concepts_published",
        "meetings.report_published",
        "meetings.action_agreed",
        "meetings.action_reported",
        "findings.published",
        "findings.fixed",
        "findings.retested",
        "ladder.stated",
    }
    held = Event.objects.filter(case_id=case.pk, kind="meetings.held").order_by("at")
    assert [local_day(event.at) for event in held] == [
        date(2017, 5, 19),
        date(2017, 8, 15),
        date(2017, 8, 23),
        date(2017, 9, 6),
    ]


def its_tests_show_what_was_mended_and_what_was_not() -> None:
    [whole] = whole_studies(case_about(TAX).pk)
    assert (whole.people, len(whole.steps)) == (10, 7)
    assert (whole.total("blocks"), whole.total("blocks", after=True)) == (5, 1)
    assert (whole.total("hesitates"), whole.total("hesitates", after=True)) == (7, 3)
    assert {told.standing for told in whole.findings} == {
        Standing.OPEN,
        Standing.STILL,
        Standing.SOLVED,
    }
    assert "教學示範" in whole.study.source
    shown = [told for told in whole.findings if told.picture]
    assert len(shown) == 2
    assert all(told.row.alt.startswith("示意圖") for told in shown)


def it_stands_on_the_rungs_its_own_record_allows() -> None:
    meeting, workshops = stated_in(case_about(TAX).pk)
    assert meeting.verdict.rung == Rung.CONSULTATION
    assert meeting.verdict.missing == (Fact.ANSWERED,)
    assert workshops.verdict.rung == Rung.PLACATION
    assert workshops.verdict.missing == (Fact.AGREED_RULES,)
    assert {Fact.EFFECT, Fact.REPORTED} <= set(workshops.verdict.unused)


def test_the_bus_trial_runs_and_somebody_can_still_register(client: Client) -> None:
    case = case_about(BUS)
    assert case.lead is not None
    assert case.lead.code == "tpe-transport"
    with clock.moved_by(DAY0 - clock.now()):
        page = client.get(f"/cases/{case.number}/").content.decode()
    assert "第二場工作坊" in page
    [whole] = whole_studies(case.pk)
    assert whole.retests == ()
    standings = [told.standing for told in whole.findings]
    assert (standings.count(Standing.FIXED), standings.count(Standing.OPEN)) == (2, 3)


def test_a_deputy_gave_the_answer_more_time_and_the_record_says_whose() -> None:
    extension = Extension.objects.select_related("deadline").get()
    delegation = Delegation.objects.select_related("grant").get()
    assert extension.by == f"person:{delegation.delegate_id}"
    [event] = Event.objects.filter(kind="casework.deadline_extended")
    assert event.private["deputy_of"] == [f"person:{delegation.grant.user_id}"]
    assert delegation.since <= event.at < delegation.until
    assert delegation.since <= DAY0 < delegation.until
    proposal = Proposal.objects.get()
    assert proposal.response_due_at == extension.to_due_at
    outcomes = dict(Deadline.objects.filter(case=proposal.case).values_list("kind", "outcome"))
    assert (outcomes["handling_plan"], outcomes["contact"]) == ("met", "met")
    assert set(offers_of(proposal.case_id)) == {("moe", "accepted"), ("moe-k12", "accepted")}
    assert kinds_of(proposal.case_id) >= {
        "answering.plan_published",
        "answering.contact_answered",
        "demands.split_published",
        "demands.split_agreed",
    }


def test_the_tax_case_from_the_nomination_to_the_redesigned_service(client: Client) -> None:
    the_tax_case_is_whole()
    its_tests_show_what_was_mended_and_what_was_not()
    it_stands_on_the_rungs_its_own_record_allows()
    its_demands_are_disposed_of_one_by_one()
    pages_answer_and_show_it(client)


def its_demands_are_disposed_of_one_by_one() -> None:
    case = case_about(TAX)
    told = published(case.pk)
    assert told is not None
    assert [one.number for one in told.standing] == [1, 2, 3]
    assert told.adoption == Adoption.PARTLY_ADOPTED
    assert offers_of(case.pk) == [
        ("mof", "accepted"),
        ("mof-fia", "accepted"),
        ("mof-tax", "accepted"),
    ]


def pages_answer_and_show_it(client: Client) -> None:
    tax, bus = case_about(TAX), case_about(BUS)
    with clock.moved_by(DAY0 + timedelta(hours=1) - clock.now()):
        for path, words in (
            (f"/cases/{tax.number}/", "三場共同設計工作坊"),
            (f"/cases/{tax.number}/findings/", "視窗一層疊一層"),
            (f"/cases/{tax.number}/demands/", "蘋果電腦和 Linux 也要能用"),
            (f"/cases/{bus.number}/findings/", "斜板"),
            ("/about/ladder/", "第七次協作會議"),
        ):
            for prefix in ("", "/en"):
                answer = client.get(f"{prefix}{path}")
                assert answer.status_code == 200, path
                assert words in answer.content.decode()
    [told] = client.get(f"/api/v1/cases/{tax.number}/findings").json()
    assert told["n"] == 10
    shown = [one["screenshot"] for one in told["findings"] if one["screenshot"]]
    assert [client.get(url)["Content-Type"] for url in shown] == ["image/png"] * 2


def test_loading_again_adds_nothing_and_all_of_it_is_marked_as_simulated() -> None:
    rows: Any = Event.objects.filter(case_id__in=[case_about(TAX).pk, case_about(BUS).pk])
    assert rows.exists()
    assert not rows.filter(simulated=False).exists()
    before = Event.objects.count(), Case.objects.count()
    assert load_demo(at=DAY0) == {"proposals": 0}
    assert (Event.objects.count(), Case.objects.count()) == before
