"""Counting in the order of the ledger: exact, repaired when wrong, and nobody waits for it."""

import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.audit.models import Event
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.ledger import actions as ledger
from minben.ledger.models import Intake, Refused
from minben.notify.models import Notice
from minben.proposals import actions as proposals
from minben.proposals.models import CurvePoint, Endorsement, Proposal
from minben.proposals.rules import State
from tests.db.crowd import at_once, crowd, outcomes
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    count,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)


def open_one(threshold: int = 5000) -> Proposal:
    proposal = accept_one(file_one(agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=threshold)
    proposal.refresh_from_db()
    return proposal


@pytest.mark.django_db
def test_a_request_writes_one_statement_and_touches_no_count(monkeypatch: Any) -> None:
    proposal, by = open_one(), actor(make_person())
    proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at)
    with CaptureQueriesContext(connection) as queries:
        given = proposals.endorse(proposal_id=proposal.pk, by=by, at=proposal.opens_at)
    told = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert not [sql for sql in told if sql.startswith(("UPDATE", "DELETE"))]
    assert not [sql for sql in told if "FOR UPDATE" in sql]
    # The account is read, because no request has; on PostgreSQL the insertion is one statement
    # that goes past the wrappers, on SQLite it is two.
    assert len(told) == (1 if connection.vendor == "postgresql" else 3)
    row = Endorsement.objects.get(pk=given.pk)
    assert (row.number, row.leaf_index) == (None, None)
    assert Proposal.objects.get(pk=proposal.pk).endorsed == 0


@pytest.mark.django_db
def test_numbers_follow_the_ledger_and_the_crossing_one_starts_the_clock() -> None:
    make_staff(Role.OFFICER, make_agency())
    proposal = open_one(threshold=3)
    people = [actor(make_person()) for _ in range(5)]
    moments = [proposal.opens_at + timedelta(seconds=n) for n in (9, 3, 6, 1, 2)]
    for by, at in zip(people, moments, strict=True):
        proposals.endorse(proposal_id=proposal.pk, by=by, at=at)
    count(DAY0 + DAY)
    proposal.refresh_from_db()
    rows = list(Endorsement.objects.filter(proposal=proposal).order_by("number"))
    assert [row.at for row in rows] == moments  # as they came, not as they tell the time
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert (proposal.endorsed, proposal.numbered) == (5, 5)
    assert (proposal.state, proposal.reached_at) == (State.REACHED, moments[2])
    assert Event.objects.filter(kind="proposals.reached", case_id=proposal.case_id).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["copied", "other_row", "renamed", "back_dated", "unsalted"])
def test_an_entry_that_is_not_its_row_s_is_set_aside(change: str) -> None:
    """Somebody with a hand in the database has good seals to copy, and no key to make one."""
    proposal = open_one()
    given = proposals.endorse(
        proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at
    )
    act = Intake.objects.get(kind="proposals.endorsed")
    copied = {"kind": act.kind, "case_id": act.case_id, "entry": act.entry, "seal": act.seal}
    row = Endorsement.objects.filter(pk=given.pk)
    if change == "copied":
        Intake.objects.create(**copied, ref=act.ref, at=act.at)
    elif change == "other_row":
        row.update(salt=None)
        made = Endorsement.objects.create(
            proposal=proposal, person=make_person(), at=proposal.opens_at, salt=given.written.salt
        )
        Intake.objects.filter(pk=act.pk).update(ref=made.pk)
    elif change == "renamed":
        row.update(person=make_person())
    elif change == "back_dated":
        row.update(at=proposal.opens_at + timedelta(hours=1))
    else:
        row.update(salt=None)
    count(DAY0 + DAY)
    proposal.refresh_from_db()
    assert proposal.endorsed == (1 if change == "copied" else 0)
    assert Refused.objects.count() == 1


@pytest.mark.django_db
def test_the_curve_grows_with_the_count_across_days() -> None:
    proposal = open_one()
    for day in (0, 0, 2, 1):  # one of yesterday comes after one of today
        at = proposal.opens_at + day * DAY
        endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    points = dict(CurvePoint.objects.filter(proposal=proposal).values_list("day", "total"))
    first = local_day(proposal.opens_at)
    assert points == {first: 2, first + DAY: 3, first + 2 * DAY: 4}


@pytest.mark.django_db
def test_endorsers_are_told_once_with_their_number() -> None:
    proposal = open_one()
    for _ in range(3):
        proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at)
    assert proposals.confirm_endorsements(by=SYSTEM, at=DAY0 + DAY) == 0  # not counted yet
    count(DAY0 + DAY)
    assert proposals.confirm_endorsements(by=SYSTEM, at=DAY0 + DAY) == 3
    assert proposals.confirm_endorsements(by=SYSTEM, at=DAY0 + DAY) == 0
    letters = Notice.objects.filter(kind="proposals.endorsed").order_by("pk")
    assert [letter.context["endorsement"] for letter in letters] == [1, 2, 3]


@pytest.mark.django_db
def test_a_recount_repairs_and_says_so() -> None:
    proposal = open_one()
    for _ in range(3):
        endorse(proposal_id=proposal.pk, by=actor(make_person()), at=proposal.opens_at)
    assert proposals.recount(proposal_id=proposal.pk, by=SYSTEM, at=DAY0 + DAY) == 0
    Proposal.objects.filter(pk=proposal.pk).update(endorsed=2)  # a drift nobody explains
    night = proposal.opens_at + DAY
    assert proposals.recount_nightly(by=SYSTEM, at=night) == 1
    proposal.refresh_from_db()
    assert proposal.endorsed == 3
    repaired = Event.objects.get(kind="proposals.recounted")
    assert repaired.data == {"from": 2, "to": 3}
    Proposal.objects.filter(pk=proposal.pk).update(endorsed=1)
    assert proposals.recount_nightly(by=SYSTEM, at=night) == 0  # once a night
    assert proposals.recount_nightly(by=SYSTEM, at=night + DAY) == 1


@pytest.mark.django_db
def test_withdrawing_counts_first_what_was_acknowledged() -> None:
    """The endorsement that reaches came before the withdrawal, though nobody had counted it."""
    owner = make_person()
    make_staff(Role.OFFICER, make_agency())
    proposal = accept_one(file_one(owner, agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    at = proposal.opens_at
    proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    with pytest.raises(Refusal, match="not_withdrawable"):
        proposals.withdraw(
            proposal_id=proposal.pk, reason="不再需要。", by=actor(owner), at=at + DAY
        )


@pytest.mark.django_db
def test_closing_counts_first_what_was_acknowledged() -> None:
    make_staff(Role.OFFICER, make_agency())
    proposal = open_one(threshold=1)
    last = proposal.closes_at - timedelta(microseconds=1)
    proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=last)
    proposals.close_due(by=SYSTEM, at=proposal.closes_at)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reached_at) == (State.REACHED, last)


@pytest.mark.django_db(transaction=True)
def test_counting_while_hundreds_endorse_misses_nobody() -> None:
    make_staff(Role.OFFICER, make_agency())
    proposal = open_one(threshold=77)
    stop = threading.Event()

    def sequencer() -> None:
        try:
            while not stop.is_set():
                ledger.sequence(by=SYSTEM, at=DAY0 + 9 * DAY, limit=5)
        finally:
            connection.close()

    beside = [threading.Thread(target=sequencer) for _ in range(2)]
    for one in beside:
        one.start()
    acts = [
        partial(proposals.endorse, proposal_id=proposal.pk, by=by, at=proposal.opens_at)
        for by in crowd(120)
    ]
    found = outcomes(at_once(acts))
    stop.set()
    for one in beside:
        one.join()
    assert found == {"done": 120}
    count(DAY0 + 9 * DAY)
    proposal.refresh_from_db()
    numbers = Endorsement.objects.filter(proposal=proposal).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, 121))
    assert (proposal.endorsed, proposal.state) == (120, State.REACHED)
    assert Event.objects.filter(kind="proposals.reached", case_id=proposal.case_id).count() == 1
    leaves = list(numbers.values_list("leaf_index", flat=True))
    assert leaves == sorted(set(leaves))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_closing_at_the_last_moment_loses_nothing_acknowledged(_round: int) -> None:
    """Whoever got an answer is counted; whoever came too late was told so."""
    make_staff(Role.OFFICER, make_agency())
    proposal = open_one(threshold=30)
    last = proposal.closes_at - timedelta(microseconds=1)
    acts: list[Any] = [
        partial(proposals.endorse, proposal_id=proposal.pk, by=by, at=last) for by in crowd(40)
    ]
    acts[20:20] = [partial(proposals.close_due, by=SYSTEM, at=proposal.closes_at)] * 2
    found = outcomes(at_once(acts))
    count(proposal.closes_at)
    proposal.refresh_from_db()
    stood = Endorsement.objects.filter(proposal=proposal, number__isnull=False).count()
    assert found["done"] - 2 == stood == proposal.endorsed
    assert (proposal.state == State.LAPSED) == (stood < 30)
