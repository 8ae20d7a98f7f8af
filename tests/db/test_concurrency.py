"""Many people at once, on a real file or server: exact counts, no lost update, no error page."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework.models import Case, Deadline, Pause, Response
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.ledger.models import Leaf
from minben.notify import actions as notify
from minben.notify.models import Notice
from minben.people import actions as people
from minben.people.models import BoundNumber, User
from minben.proposals import actions as proposals
from minben.proposals.models import Check, Draft, Endorsement, Proposal
from minben.proposals.rules import State
from tests.db.crowd import at_once, crowd, outcomes
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    count,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = timedelta(microseconds=1)
BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")


def endorsing(threshold: int) -> Proposal:
    """A proposal open for endorsing, with a threshold that a test can reach."""
    proposal = accept_one(file_one(agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=threshold)
    proposal.refresh_from_db()
    return proposal


def endorse(proposal: Proposal, by: Actor, n: int) -> Callable[[], object]:
    """Each at an instant of its own, none in the order in which the threads will get the row."""
    at = proposal.opens_at + (n * 7919 % 1009) * MOMENT
    return partial(proposals.endorse, proposal_id=proposal.pk, by=by, at=at)


def in_line(proposal: Proposal) -> list[Endorsement]:
    return list(Endorsement.objects.filter(proposal=proposal).order_by("number"))


def test_two_hundred_endorse_at_once_and_exactly_one_reaches() -> None:
    make_staff(Role.OFFICER, make_agency())
    proposal = endorsing(threshold=150)
    results = at_once([endorse(proposal, by, n) for n, by in enumerate(crowd(200))])
    assert outcomes(results) == {"done": 200}
    proposal.refresh_from_db()
    assert (proposal.endorsed, proposal.state) == (0, State.ENDORSING)  # nobody waited for a count
    assert outcomes(at_once([partial(count, proposal.opens_at)] * 4)) == {"done": 4}
    proposals.confirm_endorsements(by=SYSTEM, at=proposal.opens_at)
    proposal.refresh_from_db()
    rows = in_line(proposal)
    assert proposal.endorsed == len(rows) == 200
    assert [row.number for row in rows] == list(range(1, 201))
    assert len({row.person_id for row in rows}) == 200
    assert [row.leaf_index for row in rows] == sorted(row.leaf_index for row in rows)
    assert (proposal.state, proposal.reached_at) == (State.REACHED, rows[149].at)
    assert Event.objects.filter(kind="proposals.reached", case_id=proposal.case_id).count() == 1
    leaves = Leaf.objects.filter(kind="proposals.endorsed", case_id=proposal.case_id)
    assert list(leaves.values_list("index", flat=True)) == [row.leaf_index for row in rows]
    assert Deadline.objects.filter(case_id=proposal.case_id, kind="response").count() == 1
    assert Notice.objects.filter(kind="proposals.endorsed").count() == 200
    assert Notice.objects.filter(kind="proposals.reached_agency").count() == 1


def test_one_person_in_twenty_threads_endorses_once() -> None:
    proposal = endorsing(threshold=5000)
    by = actor(make_person())
    results = at_once([endorse(proposal, by, n) for n in range(20)])
    assert outcomes(results) == {"done": 1, "endorsed_already": 19}
    count(proposal.opens_at)
    proposal.refresh_from_db()
    assert proposal.endorsed == Endorsement.objects.filter(proposal=proposal).count() == 1


def test_two_ticks_at_once_do_the_work_once() -> None:
    lapsing = [endorsing(threshold=5000).case_id for _ in range(3)]
    waiting = file_one()
    late = DAY0 + 90 * DAY
    results = at_once([partial(tick, late)] * 6)
    assert outcomes(results) == {"done": 6}
    for what in ("windows_closed", "deadlines_missed"):
        assert sum(result[what] for result in results) == (3 if what == "windows_closed" else 1)
    assert Event.objects.filter(kind="proposals.lapsed", case_id__in=lapsing).count() == 3
    missed = Event.objects.filter(kind="casework.deadline_missed", case_id=waiting.case_id)
    assert missed.count() == 1
    assert set(Proposal.objects.filter(case_id__in=lapsing).values_list("state", flat=True)) == {
        State.LAPSED
    }


def test_what_is_missed_is_recorded_once_by_eight_at_once() -> None:
    waiting = [file_one().case_id for _ in range(8)]
    mark = partial(casework.mark_missed, by=SYSTEM, at=DAY0 + 30 * DAY)
    results = at_once([mark] * 8)
    assert outcomes(results) == {"done": 8}
    assert sum(results) == len(waiting)
    events = Event.objects.filter(kind="casework.deadline_missed", case_id__in=waiting)
    assert events.count() == len(waiting)


def test_a_notice_is_sent_once_by_four_ticks_at_once(mailoutbox: list[object]) -> None:
    readers = [notify.Reader(f"person:{n}", f"reader{n}@example.org", "zh-hant") for n in range(10)]
    notify.enqueue_all(
        "people.counter_confirmed",
        fact="counter:1",
        readers=readers * 2,  # told twice is told once
        context={"counter": "中正區公所"},
        by=SYSTEM,
        at=DAY0,
    )
    results = at_once([partial(tick, DAY0 + DAY)] * 4)
    assert outcomes(results) == {"done": 4}
    assert sum(result["notices_sent"] for result in results) == len(mailoutbox) == 10


def test_two_checkers_at_once_decide_once() -> None:
    proposal = file_one()
    checkers = [make_staff(Role.CHECKER) for _ in range(2)]

    def check(by: Actor, accept: bool) -> None:
        proposals.take_up_check(proposal_id=proposal.pk, by=by, at=DAY0)
        if accept:
            proposals.accept_for_endorsement(proposal_id=proposal.pk, by=by, at=DAY0)
        else:
            proposals.hide(
                proposal_id=proposal.pk, ground="virtual", reason="虛擬之事。", by=by, at=DAY0
            )

    results = at_once([partial(check, by, accept) for by in checkers for accept in (True, False)])
    found = outcomes(results)
    assert found["done"] == 1, found
    assert set(found) <= {"done", "decided_already", "check_locked", "check_not_locked"}
    assert Check.objects.get(proposal=proposal).decided_at == DAY0
    decided = ("proposals.accepted", "proposals.hidden")
    assert Event.objects.filter(kind__in=decided, case_id=proposal.case_id).count() == 1
    assert Deadline.objects.get(case_id=proposal.case_id, kind="check").outcome == "met"


def test_withdrawing_and_accepting_at_once_leave_one_of_the_two() -> None:
    for _ in range(5):
        user = make_person()
        proposal = file_one(user)
        checker = make_staff(Role.CHECKER)
        proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0)
        give_up = partial(
            proposals.withdraw,
            proposal_id=proposal.pk,
            reason="改以其他方式。",
            by=actor(user),
            at=DAY0,
        )
        accept = partial(
            proposals.accept_for_endorsement, proposal_id=proposal.pk, by=checker, at=DAY0
        )
        found = outcomes(at_once([give_up, accept]))
        assert found in ({"done": 2}, {"done": 1, "decided_already": 1})
        proposal.refresh_from_db()
        assert proposal.state == State.WITHDRAWN


def test_publishing_twice_at_once_publishes_once() -> None:
    agency = make_agency()
    proposal = endorsing(threshold=1)
    officers = [make_staff(Role.OFFICER, agency) for _ in range(2)]
    proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at)
    count(proposal.opens_at)
    at = proposal.opens_at + DAY
    casework.draft_response(
        case_id=proposal.case_id,
        blocks=BLOCKS,
        adoption="adopted",
        revision=0,
        by=officers[0],
        at=at,
    )
    publish = [
        partial(proposals.publish_answer, proposal_id=proposal.pk, revision=1, by=by, at=at)
        for by in officers * 3
    ]
    assert outcomes(at_once(publish)) == {"done": 1, "not_answerable": 5}
    assert Response.objects.filter(case_id=proposal.case_id).count() == 1
    assert Event.objects.filter(kind="casework.response_published").count() == 1


def test_two_saves_of_a_response_at_once_lose_no_text() -> None:
    agency = make_agency()
    proposal = accept_one(file_one(agencies=(agency,)))
    for revision in (0, 1):
        saves = [
            partial(
                casework.draft_response,
                case_id=proposal.case_id,
                blocks={**BLOCKS, "analysis": f"第 {n} 版"},
                adoption="",
                revision=revision,
                by=make_staff(Role.OFFICER, agency),
                at=DAY0 + DAY,
            )
            for n in range(6)
        ]
        assert outcomes(at_once(saves)) == {"done": 1, "draft_changed": 5}
    assert Response.objects.get(case_id=proposal.case_id).revision == 2


def test_a_window_that_opens_while_a_pause_is_declared_gets_its_days_back() -> None:
    admin = make_staff(Role.ADMINISTRATOR)
    checker = make_staff(Role.CHECKER)
    waiting = [file_one() for _ in range(6)]
    open_one = endorsing(threshold=5000)
    for proposal in waiting:
        proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0)
    declare = partial(
        proposals.declare_pause,
        jurisdiction_id=open_one.case.jurisdiction_id,
        starts_at=DAY0 + 10 * DAY,
        ends_at=DAY0 + 20 * DAY,
        reason_zh="選舉",
        reason_en="",
        source="公告",
        by=admin,
        at=DAY0,
    )
    accept = [
        partial(proposals.accept_for_endorsement, proposal_id=one.pk, by=checker, at=DAY0)
        for one in waiting
    ]
    assert outcomes(at_once([*accept[:3], declare, *accept[3:]])) == {"done": 7}
    for proposal in Proposal.objects.filter(pk__in=[one.pk for one in (*waiting, open_one)]):
        window = Deadline.objects.get(case_id=proposal.case_id, kind="endorse_close")
        assert window.due_at == proposal.closes_at == window.base_due_at + 10 * DAY


def test_no_endorsement_stands_inside_a_pause_declared_at_the_same_moment() -> None:
    admin = make_staff(Role.ADMINISTRATOR)
    proposal = endorsing(threshold=20)
    begins = proposal.opens_at + 500 * MOMENT
    declare = partial(
        proposals.declare_pause,
        jurisdiction_id=proposal.case.jurisdiction_id,
        starts_at=begins,
        ends_at=begins + 30 * DAY,
        reason_zh="選舉",
        reason_en="",
        source="公告",
        by=admin,
        at=begins,
    )
    acts = [endorse(proposal, by, n) for n, by in enumerate(crowd(60))]
    found = outcomes(at_once([*acts[:30], declare, *acts[30:]]))
    assert set(found) <= {"done", "endorse_paused"}
    pause = Pause.objects.get()
    inside = Endorsement.objects.filter(at__gte=pause.starts_at, at__lt=pause.ends_at)
    assert not inside.exists()
    proposal.refresh_from_db()
    window = Deadline.objects.get(case_id=proposal.case_id, kind="endorse_close")
    assert proposal.closes_at == window.due_at
    assert window.due_at - window.base_due_at == pause.ends_at - pause.starts_at


def test_closing_withdrawing_and_pausing_at_once_never_wait_for_each_other() -> None:
    admin = make_staff(Role.ADMINISTRATOR)
    for round_ in range(4):
        owner = make_person()
        proposal = accept_one(file_one(owner))
        before = proposal.closes_at - DAY
        acts: list[Callable[[], object]] = [
            partial(
                proposals.withdraw,
                proposal_id=proposal.pk,
                reason="不再需要。",
                by=actor(owner),
                at=before,
            ),
            partial(tick, proposal.closes_at),
            partial(
                proposals.declare_pause,
                jurisdiction_id=proposal.case.jurisdiction_id,
                starts_at=before + MOMENT * round_,
                ends_at=before + 10 * DAY,
                reason_zh="選舉",
                reason_en="",
                source="公告",
                by=admin,
                at=before,
            ),
        ]
        found = outcomes(at_once(acts))
        assert set(found) <= {"done", "not_withdrawable"}, found
        window = Deadline.objects.get(case_id=proposal.case_id, kind="endorse_close")
        proposal.refresh_from_db()
        expected = {"cancelled": State.WITHDRAWN, "lapsed": State.LAPSED}
        assert proposal.state == expected[window.outcome]


def test_appealing_twice_at_once_is_one_appeal() -> None:
    owner = make_person()
    proposal = file_one(owner)
    checker = make_staff(Role.CHECKER)
    proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0)
    proposals.hide(
        proposal_id=proposal.pk, ground="virtual", reason="虛擬之事。", by=checker, at=DAY0
    )
    ask = partial(
        proposals.appeal,
        proposal_id=proposal.pk,
        text="本案並非虛擬，請再斟酌。",
        by=actor(owner),
        at=DAY0,
    )
    assert outcomes(at_once([ask] * 4)) == {"done": 1, "appealed_already": 3}
    decide = [
        partial(
            proposals.decide_appeal,
            proposal_id=proposal.pk,
            upheld=upheld,
            reason="已再審查。",
            by=make_staff(Role.CHECKER),
            at=DAY0 + DAY,
        )
        for upheld in (True, False)
    ]
    assert outcomes(at_once(decide)) == {"done": 1, "decided_already": 1}


def test_submitting_a_draft_twice_at_once_files_it_once() -> None:
    by = actor(make_person())
    file_one()  # warms what is read once per process
    draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)
    changes = {
        "subject": "請延長公園飲水機的檢驗頻率",
        "content": "飲水機一季才檢驗一次，夏天細菌多，請改為每月檢驗並公布結果。",
        "benefits": "減少腸胃疾病，民眾用水更安心。",
        "topic": "health",
    }
    proposals.save_draft(draft_id=draft.pk, changes=changes, by=by, at=DAY0)
    submit = partial(proposals.file_proposal, draft_id=draft.pk, by=by, at=DAY0)
    found = outcomes(at_once([submit] * 4))
    assert found["done"] == 1
    assert set(found) <= {"done", "not_your_draft", "draft_filed"}
    assert Proposal.objects.filter(subject=changes["subject"]).count() == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_twenty_file_at_once_under_twenty_numbers() -> None:
    authors = crowd(20)

    def file(by: Actor) -> None:
        draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)
        changes = {
            "subject": f"第 {by.name} 街請增設斑馬線",
            "content": "這條街車多人多，沒有斑馬線，請儘快劃設並加裝號誌。",
            "benefits": "行人過街更安全，車流更有秩序。",
            "topic": "transport",
        }
        proposals.save_draft(draft_id=draft.pk, changes=changes, by=by, at=DAY0)
        proposals.file_proposal(draft_id=draft.pk, by=by, at=DAY0)

    assert outcomes(at_once([partial(file, by) for by in authors])) == {"done": 20}
    assert len(set(Case.objects.values_list("number", flat=True))) == 20


def test_one_number_proved_for_five_accounts_at_once_confirms_one() -> None:
    users = [make_person(verified=False) for _ in range(5)]
    prove = [
        partial(people.confirm_phone, user=user, phone="+886912345678", by=SYSTEM, at=DAY0)
        for user in users
    ]
    assert outcomes(at_once(prove)) == {"done": 1, "phone_in_use": 4}
    assert BoundNumber.objects.count() == 1
    assert User.objects.filter(phone="+886912345678").count() == 1
    assert User.objects.filter(pk__in=[u.pk for u in users], confirmed_at=None).count() == 4
