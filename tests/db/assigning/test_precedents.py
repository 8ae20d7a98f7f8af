"""Past cases are kept from archives and from answers, and what they suggest is recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.assigning import actions as assigning
from minben.assigning import queries
from minben.assigning.models import Precedent, PrecedentGram
from minben.assigning.rules import LEAST_CASES, norm_of, weights_of
from minben.audit import queries as audit
from minben.kernel.actor import ANONYMOUS, SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.operations import actions as operations
from minben.operations import switches
from minben.operations.rules import Service
from minben.people.models import Agency
from minben.proposals import actions, jobs
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from tests.archive_samples import NOW
from tests.archived_precedents import ROAD, TAX, archived, take, take_past_cases
from tests.factories import file_one, make_agency, make_staff
from tests.web.desk.conftest import draft_one, reach_one

pytestmark = pytest.mark.django_db


def asked(subject: str = "報稅軟體請支援蘋果電腦", **changes: Any) -> Proposal:
    proposal = file_one(subject=subject)
    Proposal.objects.filter(pk=proposal.pk).update(content="每年五月報稅都裝不起來。", **changes)
    return proposal


def suggest(proposal: Proposal, role: Role = Role.CHECKER) -> Any:
    return actions.suggest_agencies(proposal=proposal, by=make_staff(role), at=NOW)


def told(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        event.data
        for event in audit.of_case(proposal.case_id)
        if event.kind == "assigning.suggested"
    ]


def names(rows: Any) -> list[str]:
    return [row.agency.name_zh for row in rows]


def test_an_archived_case_is_kept_once_with_its_pairs() -> None:
    take(archived(0), archived(1, lead=[]))
    assert jobs.due(NOW)["precedents_kept"] == 0
    (kept,) = Precedent.objects.all()
    weights = weights_of("報稅軟體請支援第0種電腦", "每年五月報稅都裝不起來。")
    assert dict(kept.grams.values_list("gram", "weight")) == weights
    assert kept.norm == norm_of(weights)
    assert kept.leads == [Agency.objects.get(name_zh=TAX).pk]
    assert kept.assists == [Agency.objects.get(name_zh="內政部").pk]
    assert (kept.archived, kept.ticked, kept.since.isoformat()) == (True, None, "2017-06-04")


def test_the_tick_keeps_what_was_imported_before_past_cases_were_kept() -> None:
    take(archived(0), archived(1))
    Precedent.objects.all().delete()
    assert jobs.due(NOW)["precedents_kept"] == 2
    assert jobs.due(NOW)["precedents_kept"] == 0
    assert Precedent.objects.filter(grams__gram="報稅").count() == 1


def test_a_case_told_anew_is_kept_anew() -> None:
    take(archived(0))
    take(archived(0, lead=[ROAD]))
    assert PrecedentGram.objects.values("precedent").distinct().count() == 1
    assert Precedent.objects.get().leads == [Agency.objects.get(name_zh=ROAD).pk]


def test_here_a_case_is_kept_once_it_is_answered_with_what_the_proposer_ticked() -> None:
    mof = make_agency()
    officer = make_staff(Role.LEAD, mof)
    proposal = reach_one(mof)
    draft = draft_one(proposal, officer)
    assert actions.index_precedents(by=SYSTEM, at=NOW) == 0
    actions.publish_answer(proposal_id=proposal.pk, revision=draft.revision, by=officer, at=NOW)
    assert actions.index_precedents(by=SYSTEM, at=NOW) == 1
    kept = Precedent.objects.get()
    assert (kept.leads, kept.ticked, kept.archived) == ([mof.pk], [mof.pk], False)


@pytest.mark.parametrize("who", ["administrator", "system"])
def test_who_ticked_nothing_is_no_case_of_the_baseline(who: str) -> None:
    """Neither what an administrator named at that instant nor what was named later is a tick."""
    mof = make_agency()
    proposal = file_one()
    by, at = (
        (SYSTEM, proposal.filed_at + timedelta(hours=1))
        if who == "system"
        else (make_staff(Role.ADMINISTRATOR), proposal.filed_at)
    )
    actions.name_agencies(proposal_id=proposal.pk, agency_ids=[mof.pk], by=by, at=at)
    Proposal.objects.filter(pk=proposal.pk).update(
        state=State.ANSWERED, reached_at=NOW, opens_at=NOW, closes_at=NOW.replace(year=2027)
    )
    actions.index_precedents(by=SYSTEM, at=NOW)
    assert Precedent.objects.get().ticked is None


def test_keeping_the_same_case_twice_adds_nothing() -> None:
    take(archived(0))
    before = PrecedentGram.objects.count()
    kept = Precedent.objects.get()
    past = assigning.PastCase(
        kept.case_id, kept.jurisdiction_id, "別的", "別的", (1,), (), None, kept.since, True
    )
    assert assigning.keep_precedents(cases=[past], by=SYSTEM, at=NOW) == 0
    assert PrecedentGram.objects.count() == before


def test_the_agency_of_the_nearest_cases_comes_first_with_cases_and_words() -> None:
    take_past_cases()
    proposal = asked()
    found = suggest(proposal)
    assert (found.past_cases, found.near) == (40, 15)
    assert names(found.leads)[0] == TAX
    first = found.leads[0]
    assert first.percent > 90
    assert len(first.cases) == 5
    assert all("報稅" in case.subject for case in first.cases)
    assert any("報稅軟體請支援" in word for word in first.cases[0].words)
    assert names(found.assists) == ["內政部"]


def test_what_is_shown_is_recorded_once_without_any_word_of_the_proposal() -> None:
    take_past_cases()
    proposal = asked()
    suggest(proposal)
    suggest(proposal, Role.ADMINISTRATOR)
    (data,) = told(proposal)
    (agency_id, share, cases), *_ = data["leads"]
    assert agency_id == Agency.objects.get(name_zh=TAX).pk
    assert (share > 900, len(cases), data["past_cases"]) == (True, 5, 40)
    assert "報稅" not in str(data)
    take(archived(40))
    suggest(proposal)
    assert [data["past_cases"] for data in told(proposal)] == [40, 41]


def test_with_too_few_cases_nothing_is_suggested_and_nothing_recorded() -> None:
    take_past_cases(LEAST_CASES - 1)
    proposal = asked()
    found = suggest(proposal)
    assert (found.is_enough, found.past_cases, found.leads) == (False, LEAST_CASES - 1, ())
    assert told(proposal) == []
    take(archived(LEAST_CASES))
    assert suggest(proposal).is_enough


def test_a_case_does_not_speak_for_itself() -> None:
    take_past_cases()
    proposal = Proposal.objects.get(subject__contains="第0種")
    found = suggest(proposal)
    assert found.past_cases == 39
    shown = [case.number for row in (*found.leads, *found.assists) for case in row.cases]
    assert proposal.case.number not in shown


def test_a_text_that_shares_nothing_is_told_so() -> None:
    take_past_cases()
    proposal = asked()
    Proposal.objects.filter(pk=proposal.pk).update(subject="龍蝦鳳爪", content="龜鶴齊鳴")
    proposal.refresh_from_db()
    found = suggest(proposal)
    assert (found.past_cases, found.is_enough, found.near, found.leads) == (40, True, 0, ())


def test_cases_of_another_government_say_nothing() -> None:
    take_past_cases()
    proposal = file_one(subject="報稅軟體請支援蘋果電腦", jurisdiction="taipei")
    found = suggest(proposal)
    assert (found.past_cases, found.leads) == (0, ())


def test_beside_cases_of_another_government_only_ones_own_vote() -> None:
    take_past_cases(80)
    proposal = file_one(subject="報稅軟體與路面坑洞", jurisdiction="taipei")
    roads = [Agency.objects.get(name_zh=ROAD).pk]
    theirs = Precedent.objects.filter(leads=roads)
    assert theirs.update(jurisdiction=proposal.case.jurisdiction) == 40
    found = queries.suggested(
        subject=proposal.subject,
        content=proposal.content,
        case_id=proposal.case_id,
        jurisdiction=(proposal.case.jurisdiction_id, "taipei"),
        at=NOW,
    )
    assert (found.past_cases, found.near, len(found.words)) == (40, 15, 15)
    assert set(found.words) <= set(theirs.values_list("case_id", flat=True))


def test_an_agency_that_ended_is_suggested_under_its_heir_and_never_itself() -> None:
    take(*(archived(n, lead=["行政院環境保護署"]) for n in range(0, 80, 2)))
    heir = make_agency("環境部", "moenv")
    proposal = asked()
    assert names(suggest(proposal).leads) == []
    Agency.objects.filter(pk=heir.pk).update(aliases=["環保署", "行政院環境保護署"])
    assert names(suggest(proposal).leads) == ["環境部"]
    Agency.objects.filter(pk=heir.pk).update(valid_until=NOW.date())
    assert names(suggest(proposal).leads) == []


def test_duties_follow_the_line_of_successors_before_any_name() -> None:
    take(*(archived(n, lead=["行政院農業委員會"]) for n in range(0, 80, 2)))
    ended = Agency.objects.get(name_zh="行政院農業委員會")
    proposal = asked()
    between, heir = make_agency("農業暫存部", "moa0"), make_agency("農業部", "moa")
    namesake = make_agency("另一機關", "other")
    Agency.objects.filter(pk=namesake.pk).update(aliases=["行政院農業委員會"])
    day = NOW.date()
    Agency.objects.filter(pk=ended.pk).update(valid_until=day, successor=between)
    Agency.objects.filter(pk=between.pk).update(valid_until=day, successor=heir)
    assert names(suggest(proposal).leads) == ["農業部"]
    Agency.objects.filter(pk=heir.pk).update(valid_until=day)
    assert names(suggest(proposal).leads) == ["另一機關"]


def test_a_past_case_that_is_hidden_since_is_not_linked() -> None:
    take_past_cases()
    proposal = asked()
    before = suggest(proposal).leads[0].cases
    Proposal.objects.filter(case__number=before[0].number).update(state=State.HIDDEN)
    after = suggest(proposal).leads[0].cases
    assert [case.number for case in after] == [case.number for case in before[1:]]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.CLERK, None])
def test_only_who_names_agencies_is_shown_a_suggestion(role: Role | None) -> None:
    proposal = asked()
    agency = make_agency() if role in (Role.OFFICER, Role.LEAD) else None
    by = make_staff(role, agency) if role else ANONYMOUS
    with pytest.raises(Refusal, match="not_permitted"):
        actions.suggest_agencies(proposal=proposal, by=by, at=NOW)


def test_a_platform_that_can_only_be_read_shows_and_records_nothing() -> None:
    take_past_cases()
    proposal = asked()
    operations.set_switch(
        service=Service.EVERYTHING,
        stop=True,
        reason_zh="維護",
        reason_en="",
        by=make_staff(Role.ADMINISTRATOR),
        at=NOW,
    )
    switches.forget()
    assert names(suggest(proposal).leads)[0] == TAX
    assert told(proposal) == []


def test_asking_takes_the_same_few_statements_however_many_cases() -> None:
    take_past_cases()
    proposal = asked()
    by = make_staff(Role.CHECKER)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            actions.suggest_agencies(proposal=proposal, by=by, at=NOW)
        return len(captured)

    statements()
    few = statements()
    take(*(archived(n) for n in range(100, 160)))
    statements()
    assert statements() == few <= 5
