"""A letter to thousands: one row with the act, everybody told once, whoever dies on the way."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from minben.kernel.actor import SYSTEM
from minben.notify import actions, registry
from minben.notify.actions import Reader, mailings
from minben.notify.models import Mailing, Notice
from minben.proposals import actions as proposals
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.notify_people import endorsers
from tests.db.crowd import at_once, crowd
from tests.db.refused.by_casework import officer, respond
from tests.db.refused.by_proposals import reached
from tests.factories import DAY, DAY0

KIND = "people.counter_confirmed"
database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An audience of numbers: who is in it can be changed while a mailing runs."""
    numbers = list(range(1, 8))

    def readers(ref: int, at: datetime, after: int, limit: int) -> list[tuple[int, Reader]]:
        behind = [n for n in sorted(numbers) if n > after][:limit]
        return [(n, Reader(f"person:{n}", f"p{n}@example.org", "en")) for n in behind]

    monkeypatch.setitem(registry._audiences, "numbers", readers)
    monkeypatch.setattr(mailings, "STEP", 3)
    return numbers


def begin(version: int = 1, fact: str = "counter:1", at: datetime = DAY0) -> None:
    with transaction.atomic():
        actions.begin_mailing(
            KIND,
            fact=fact,
            audience="numbers",
            ref=1,
            version=version,
            context={"counter": f"第{version}版"},
            case_id=None,
            by=SYSTEM,
            at=at,
        )


def expand(most: int = 100) -> int:
    return actions.expand_mailings(by=SYSTEM, at=DAY0, most=most)


def send() -> int:
    return actions.send_due(by=SYSTEM, at=DAY0)


@database
def test_everybody_is_told_once() -> None:
    begin()
    begin()
    assert (Mailing.objects.count(), Notice.objects.count()) == (1, 0)
    assert (expand(), expand()) == (7, 0)
    assert (send(), send()) == (7, 0)
    assert len({message.to[0] for message in mail.outbox}) == 7
    done = Mailing.objects.get()
    assert (done.told, done.done_at, done.context) == (7, DAY0, {})


@database
def test_it_goes_on_where_it_stopped(people: list[int]) -> None:
    begin()
    assert expand(most=1) == 3
    assert (Mailing.objects.get().cursor, Mailing.objects.get().done_at) == (3, None)
    people.remove(5)  # an account erased meanwhile
    assert expand() == 3
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == [
        f"person:{n}" for n in (1, 2, 3, 4, 6, 7)
    ]


@database
def test_a_worker_that_dies_has_neither_told_nor_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    begin()
    tell = mailings.enqueue_each

    def die(*args: Any, **kwargs: Any) -> None:
        tell(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(mailings, "enqueue_each", die)
        with pytest.raises(KeyboardInterrupt):
            expand()
    assert (Notice.objects.count(), Mailing.objects.get().cursor) == (0, 0)
    assert expand() == 7


@database
def test_a_newer_version_takes_the_place_of_what_waits() -> None:
    begin()
    expand(most=1)
    actions.send_due(by=SYSTEM, at=DAY0, limit=1)
    begin(version=2)
    assert expand() == 7
    states = Notice.objects.values_list("version", "last_error")
    assert sorted(states) == [(1, ""), (1, "superseded"), (1, "superseded"), *[(2, "")] * 7]
    assert (send(), len(mail.outbox)) == (7, 8)  # the first one was told of both
    old = Mailing.objects.get(version=1)
    assert (old.cancelled_at, old.told, old.context) == (DAY0, 3, {})
    begin(version=1)
    assert (Mailing.objects.count(), expand()) == (2, 0)  # late, and told to nobody


@database
def test_a_finished_mailing_is_superseded_too_and_keeps_that_it_was_done() -> None:
    begin()
    expand()
    begin(version=2)
    assert Notice.objects.filter(version=1, last_error="superseded").count() == 7
    first = Mailing.objects.get(version=1)
    assert (first.done_at, first.cancelled_at) == (DAY0, None)


@database
def test_a_cancelled_one_tells_nobody_any_more() -> None:
    begin()
    begin(fact="counter:2")
    expand(most=1)
    actions.cancel_mailing(kind=KIND, fact="counter:1", by=SYSTEM, at=DAY0)
    assert expand() == 7
    assert send() == 7
    assert Mailing.objects.get(fact="counter:1").cancelled_at == DAY0


@database
def test_what_nobody_declared_is_a_fault_of_ours_and_told_at_once() -> None:
    del registry._audiences["numbers"]
    with pytest.raises(KeyError):
        begin()
    with pytest.raises(ValueError, match="twice"):
        registry.audience("proposals.endorsers")(lambda ref, at, after, limit: [])


@pytest.mark.django_db(transaction=True)
def test_four_ticks_at_once_tell_everybody_once() -> None:
    begin()
    begin(fact="counter:2")
    told = at_once([expand] * 4)
    while expand():
        pass
    assert not [one for one in told if isinstance(one, Exception)]
    assert Notice.objects.count() == 14
    assert set(Mailing.objects.values_list("told", flat=True)) == {7}


def endorse_all(proposal: Proposal, count: int) -> list[int]:
    people = crowd(count)
    Endorsement.objects.bulk_create(
        Endorsement(
            proposal=proposal, person_id=by.person_id, at=proposal.reached_at, number=number
        )
        for number, by in enumerate(people, start=2)
    )
    Proposal.objects.filter(pk=proposal.pk).update(endorsed=count + 1, numbered=count + 1)
    return [by.person_id for by in people if by.person_id]


@database
def test_an_answer_tells_thousands_at_the_price_of_one_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailings, "STEP", 500)
    proposal = reached()
    endorse_all(proposal, 1200)
    by = officer()
    respond(proposal, by)
    at = proposal.opens_at + DAY
    with CaptureQueriesContext(connection) as queries:
        proposals.publish_answer(proposal_id=proposal.pk, revision=1, by=by, at=at)
    assert Notice.objects.filter(kind="proposals.answered").count() == 1  # the proposer's
    assert len(queries) < 70  # clocks, demands, survey and comments, whoever is told
    # The proposer is read once more; the letter that lies there already is not doubled.
    assert actions.expand_mailings(by=SYSTEM, at=at) == 1202
    told = Notice.objects.filter(kind="proposals.answered")
    assert (told.count(), told.values("recipient").distinct().count()) == (1202, 1202)
    assert set(told.exclude(mailing=None).values_list("case_id", flat=True)) == {proposal.case_id}


@database
def test_who_endorsed_afterwards_was_no_reader_and_the_proposer_is_told_apart() -> None:
    proposal = reached()
    early = [number for number, _ in endorsers(proposal.pk, proposal.reached_at, 0, 100)]
    late = endorse_all(proposal, 2)
    Endorsement.objects.filter(person__in=late).update(at=proposal.reached_at + DAY)
    moment = proposal.reached_at + timedelta(hours=1)
    assert [n for n, _ in endorsers(proposal.pk, moment, 0, 100)] == early
    assert proposal.proposer_id not in early
    assert len(endorsers(proposal.pk, proposal.reached_at + DAY, 0, 100)) == len(early) + 2
    assert len(endorsers(proposal.pk, proposal.reached_at + DAY, late[0], 100)) == 1
    Proposal.objects.filter(pk=proposal.pk).update(proposer=None)  # an archived one has none
    assert len(endorsers(proposal.pk, proposal.reached_at + DAY, late[0], 100)) == 1
