"""Rules are data: different governments differ, and a running case keeps the rules it was filed under."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.models import Deadline, RuleSet
from minben.casework.rules import RuleSetFault
from minben.casework.shipped import add_shipped_rule_sets, documents
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.periods import last_day, local_day, start_of
from minben.kernel.refusal import Refusal
from minben.people.models import Jurisdiction
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from tests.factories import DAY, DAY0, accept_one, actor, endorse, file_one, make_person, make_staff

pytestmark = pytest.mark.django_db
GOVERNMENTS = ("ey", "taipei", "kaohsiung")


def deadline(proposal: Proposal, kind: str) -> Deadline:
    return Deadline.objects.get(case_id=proposal.case_id, kind=kind)


def shipped(code: str) -> dict[str, Any]:
    return next(document for document in documents() if document["code"] == code)


def noon(day: date) -> datetime:
    return start_of(day) + timedelta(hours=12)


def test_three_governments_differ_in_what_their_rules_say() -> None:
    opened = {code: accept_one(file_one(jurisdiction=code)) for code in GOVERNMENTS}
    days = {code: (p.closes_at - p.opens_at).days for code, p in opened.items()}
    thresholds = {code: p.threshold for code, p in opened.items()}
    # Filed on Monday 2 March 2026: three working days end on Thursday, five on the Monday after.
    checks = {code: last_day(deadline(p, "check").due_at) for code, p in opened.items()}
    assert days == {"ey": 60, "taipei": 45, "kaohsiung": 60}
    assert thresholds == {"ey": 5000, "taipei": 1500, "kaohsiung": 5000}
    assert checks == {
        "ey": date(2026, 3, 5),
        "taipei": date(2026, 3, 5),
        "kaohsiung": date(2026, 3, 9),
    }


def test_a_pause_of_one_government_stops_no_other() -> None:
    opened = {code: accept_one(file_one(jurisdiction=code)) for code in GOVERNMENTS}
    before = {code: proposal.closes_at for code, proposal in opened.items()}
    proposals.declare_pause(
        jurisdiction_id=opened["taipei"].case.jurisdiction_id,
        starts_at=DAY0 + 5 * DAY,
        ends_at=DAY0 + 12 * DAY,
        reason_zh="市長補選",
        reason_en="",
        source="公告",
        by=make_staff(Role.ADMINISTRATOR),
        at=DAY0 + 2 * DAY,
    )
    at = DAY0 + 6 * DAY
    for code, proposal in opened.items():
        proposal.refresh_from_db()
        moved = proposal.closes_at - before[code]
        assert moved == (7 * DAY if code == "taipei" else 0 * DAY)
    with pytest.raises(Refusal, match="endorse_paused"):
        endorse(proposal_id=opened["taipei"].pk, by=actor(make_person()), at=at)
    endorse(proposal_id=opened["ey"].pk, by=actor(make_person()), at=at)


def test_every_deadline_cites_the_clause_of_its_own_government() -> None:
    for code in GOVERNMENTS:
        proposal = accept_one(file_one(jurisdiction=code))
        rules = proposal.case.rule_set.rules
        assert deadline(proposal, "check").basis == rules.check.basis != ""
        assert deadline(proposal, "endorse_close").basis == rules.endorse.basis != ""


def test_a_new_version_never_moves_a_running_case() -> None:
    running = accept_one(file_one())
    waiting = file_one()
    before = list(Deadline.objects.order_by("pk").values())
    fresh = shipped("tw-join-2018") | {"code": "tw-join-2026", "in_force_from": "2026-03-04"}
    fresh["parameters"]["endorse"]["n"] = 30
    fresh["parameters"]["threshold"] = 2
    casework.add_rule_set(document=fresh, by=SYSTEM, at=DAY0 + DAY)
    later = file_one(at=DAY0 + 3 * DAY)
    assert later.case.rule_set.code == "tw-join-2026"
    assert list(Deadline.objects.order_by("pk").values())[: len(before)] == before
    # Two endorsements reach under the new rules only, also for what was filed and not yet checked.
    at = DAY0 + 4 * DAY
    opened = [accept_one(waiting, at), accept_one(later, at)]
    assert [(p.closes_at - p.opens_at).days for p in opened] == [60, 30]
    for proposal in (running, *opened):
        for _ in range(2):
            endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at + 2 * DAY)
    states = [Proposal.objects.get(pk=p.pk).state for p in (running, *opened)]
    assert states == [State.ENDORSING, State.ENDORSING, State.REACHED]


def test_rules_are_in_force_from_their_first_day_in_taiwan() -> None:
    fresh = shipped("tw-join-2018") | {"code": "tw-join-2026", "in_force_from": date(2026, 3, 4)}
    casework.add_rule_set(document=fresh, by=SYSTEM, at=DAY0)
    first = start_of(date(2026, 3, 4))
    codes = [
        queries.rule_set_in_force("ey", at).code
        for at in (first - timedelta(microseconds=1), first)
    ]
    assert codes == ["tw-join-2018", "tw-join-2026"]


def test_rules_that_ended_are_in_force_no_more() -> None:
    ended = shipped("taipei-join-2018") | {"code": "old", "in_force_from": "2000-01-01"}
    ended |= {"in_force_until": "2000-02-01"}
    ended["jurisdiction"] |= {"code": "old-town"}
    casework.add_rule_set(document=ended, by=SYSTEM, at=DAY0)
    assert queries.rule_set_in_force("old-town", noon(date(2000, 1, 31))).code == "old"
    with pytest.raises(Refusal, match="no_rule_set_in_force"):
        queries.rule_set_in_force("old-town", noon(date(2000, 2, 1)))


def test_the_same_document_twice_changes_nothing() -> None:
    before = list(RuleSet.objects.values()), Event.objects.count()
    assert add_shipped_rule_sets(by=SYSTEM, at=DAY0 + DAY) == 0
    assert (list(RuleSet.objects.values()), Event.objects.count()) == before


def test_a_changed_document_is_refused_and_leaves_no_trace() -> None:
    before = list(RuleSet.objects.values())
    for change in ({"title_en": "Other"}, {"in_force_from": "2018-04-12"}):
        with pytest.raises(Refusal, match="rule_set_changed"):
            casework.add_rule_set(document=shipped("tw-join-2018") | change, by=SYSTEM, at=DAY0)
    assert list(RuleSet.objects.values()) == before


def test_a_faulty_document_leaves_no_trace() -> None:
    faulty = shipped("tw-join-2018") | {"code": "faulty"}
    faulty["jurisdiction"] |= {"code": "faulty-town"}
    del faulty["parameters"]["limits"]["subject"]
    with pytest.raises(RuleSetFault, match="subject"):
        casework.add_rule_set(document=faulty, by=SYSTEM, at=DAY0)
    assert not Jurisdiction.objects.filter(code="faulty-town").exists()


@pytest.mark.parametrize(
    ("filed", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),  # a plain Monday
        (date(2025, 2, 5), date(2025, 2, 8)),  # to the make-up Saturday of 8 February
        (date(2026, 2, 13), date(2026, 2, 25)),  # over New Year, 14 to 22 February
        (date(2026, 2, 17), date(2026, 2, 25)),  # filed in the middle of the holiday
        (date(2026, 12, 30), date(2027, 1, 5)),  # over New Year's Day into the next calendar
    ],
)
def test_the_check_counts_the_working_days_of_the_official_calendar(
    filed: date, last: date
) -> None:
    proposal = file_one(at=noon(filed))
    assert last_day(deadline(proposal, "check").due_at) == last


def test_a_day_beyond_the_calendar_is_refused_and_nothing_is_filed() -> None:
    at = noon(date(2027, 12, 30))
    assert file_one(at=noon(date(2027, 12, 27))).state == State.CHECKING
    count = Proposal.objects.count()
    with pytest.raises(Refusal) as refused:
        file_one(at=at)
    assert (refused.value.code, refused.value.params) == ("beyond_calendar", {"day": "2028-01-01"})
    assert Proposal.objects.count() == count


def test_an_appeal_whose_end_no_calendar_knows_is_refused_and_not_an_error() -> None:
    """Thirty days, moved to a working day: filed in December 2027 nobody can say which."""
    user = make_person()
    proposal = file_one(user, at=noon(date(2027, 12, 6)))
    at, checker = noon(date(2027, 12, 7)), make_staff(Role.CHECKER)
    proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=at)
    proposals.hide(
        proposal_id=proposal.pk, ground="virtual", reason="虛擬之事。", by=checker, at=at
    )
    with pytest.raises(Refusal, match="beyond_calendar"):
        proposals.appeal(
            proposal_id=proposal.pk, text="本案並非虛擬，請再斟酌。", by=actor(user), at=at
        )


def test_months_need_no_calendar_so_an_answer_may_fall_due_beyond_it() -> None:
    at = datetime(2027, 11, 15, 2, tzinfo=UTC)
    proposal = accept_one(file_one(at=at), at=at + timedelta(hours=1))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at + 2 * DAY)
    due = deadline(proposal, "response").due_at
    assert last_day(due) == date(2028, 1, 17)
    assert local_day(due) == date(2028, 1, 18)


def test_the_number_has_the_year_of_taiwan() -> None:
    new_year = start_of(date(2027, 1, 1))
    numbers = [file_one(at=at).case.number for at in (new_year - timedelta(seconds=1), new_year)]
    assert [number[:5] for number in numbers] == ["2026-", "2027-"]


def test_what_reached_can_be_proposed_again_on_the_day_that_the_refusal_names() -> None:
    proposal = accept_one(file_one(subject="請全面檢討路口庇護島的設置標準"))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at)
    with pytest.raises(Refusal) as refused:
        file_one(subject=proposal.subject, at=proposal.opens_at + 30 * DAY)
    until = date.fromisoformat(refused.value.params["until"])
    assert until == date(2026, 9, 4)  # reached on 3 March; day 1 is the 4th; six months
    with pytest.raises(Refusal, match="reproposal_barred"):
        file_one(subject=proposal.subject, at=start_of(until) - timedelta(microseconds=1))
    assert file_one(subject=proposal.subject, at=start_of(until)).state == State.CHECKING
