"""Counting endorsements in the order of the public ledger (計數), and repairing the count (校正).

Whoever enters endorsements into the ledger counts them in the same transaction: each gets its
number and its place, the displayed total grows once per batch, and the one that reaches the
threshold is the one that stands there in the ledger, however many came in the same instant.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Max, Min

from minben.audit import queries as audit
from minben.audit.actions import record
from minben.base.bulk import set_numbers
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import local_day
from minben.ledger import actions as ledger
from minben.ledger.registry import Entered
from minben.proposals.actions.endorsing import reach
from minben.proposals.models import CurvePoint, Endorsement, Proposal
from minben.proposals.notify_people import tell_endorsed
from minben.proposals.rules import State, crossing

log = logging.getLogger(__name__)
CONFIRMED_AT_ONCE = 1000


def fold(entered: Sequence[Entered], at: datetime) -> None:
    """Count endorsements that have just got their places, in that order."""
    by_case: dict[int, list[Entered]] = defaultdict(list)
    for one in entered:
        if one.case_id is not None:
            by_case[one.case_id].append(one)
    proposals = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .filter(case_id__in=by_case)
        .order_by("pk")
    )
    for proposal in proposals:
        _count(proposal, by_case[proposal.case_id])


def _count(proposal: Proposal, ones: Sequence[Entered]) -> None:
    before, last = proposal.endorsed, proposal.numbered
    set_numbers(
        Endorsement,
        ("number", "leaf_index"),
        ((one.ref, number, one.index) for number, one in enumerate(ones, start=last + 1)),
    )
    proposal.numbered = last + len(ones)
    proposal.endorsed = before + len(ones)
    proposal.save(update_fields=["numbered", "endorsed"])
    draw_on(proposal, [one.at for one in ones])
    position = crossing(before, proposal.endorsed, proposal.threshold)
    if proposal.state == State.ENDORSING and position is not None:
        reach(proposal, ones[position].at)


def draw_on(proposal: Proposal, times: Iterable[datetime]) -> None:
    """Carry the curve on: a total per day of Taiwan, known when the day is over."""
    if proposal.archive_id is not None:
        return
    new: Counter[date] = Counter(local_day(at) for at in times)
    points = dict(CurvePoint.objects.filter(proposal=proposal).values_list("day", "total"))
    for day, n in sorted(new.items()):
        earlier = [total for known, total in points.items() if known < day]
        points.setdefault(day, max(earlier, default=0))
        points |= {known: total + n for known, total in points.items() if known >= day}
    CurvePoint.objects.bulk_create(
        [
            CurvePoint(proposal=proposal, day=day, total=total)
            for day, total in points.items()
            if day >= min(new)
        ],
        update_conflicts=True,
        unique_fields=["proposal", "day"],
        update_fields=["total"],
    )


def settle(*, by: Actor, at: datetime) -> None:
    """Count everything that was acknowledged before this instant, inside the caller's transaction.

    Whoever ends endorsing for good calls it first: it waits for endorsements that are being
    written and lets no new one begin until the transaction ends. Takes the ledger's lock.
    """
    ledger.hold()
    if connection.vendor == "postgresql":  # SQLite has one writer, and that is us
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Endorsement._meta.db_table} IN SHARE MODE")
    ledger.sequence_all(by=by, at=at)


@transaction.atomic
def recount(*, proposal_id: int, by: Actor, at: datetime) -> int:
    """Count one proposal's endorsements anew and repair what differs; returns the difference."""
    ledger.hold()
    proposal = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal_id)
    counted = Endorsement.objects.filter(proposal=proposal, number__isnull=False)
    ends = counted.aggregate(first=Min("number"), last=Max("number"))
    numbered = ends["last"] or 0
    valid = counted.filter(invalidated_at=None).count() + _told_without_rows(
        proposal, ends["first"]
    )
    differs = valid - proposal.endorsed
    if not counted.exists() or (not differs and numbered == proposal.numbered):
        return 0  # an archive may tell a number without single endorsements
    record(
        "proposals.recounted",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"from": proposal.endorsed, "to": valid},
    )
    log.error("count of proposal %s was %s, is %s", proposal.pk, proposal.endorsed, valid)
    proposal.endorsed, proposal.numbered = valid, numbered
    proposal.save(update_fields=["endorsed", "numbered"])
    return differs


def _told_without_rows(proposal: Proposal, first: int | None) -> int:
    """How many an archive told by their number alone, before the first that stands here."""
    if proposal.archive_id is None or first is None:
        return 0
    known = Endorsement.objects.filter(proposal=proposal, archive_number__isnull=False)
    return 0 if known.exists() else first - 1


def recount_nightly(*, by: Actor, at: datetime) -> int:
    """Recount every proposal that can still be endorsed, once per night; returns how many differed.

    What was drawn but never recounted would stay wrong unnoticed (e-petitions, 2024-10).
    """
    night = f"recount:{local_day(at).isoformat()}"
    if audit.latest("proposals.recounts_done", night):
        return 0
    open_ones = Proposal.objects.filter(closes_at__gt=at, numbered__gt=0)
    found = sum(
        bool(recount(proposal_id=pk, by=by, at=at)) for pk in open_ones.values_list("pk", flat=True)
    )
    record("proposals.recounts_done", by=by, at=at, subject=night, data={"differed": found})
    return found


def confirm_endorsements(*, by: Actor, at: datetime) -> int:
    """Send endorsers their confirmation, with number and receipt; returns how many.

    Apart from the counting, which a surge must not slow down. `Proposal.confirmed` is how far
    it got: together with the outbox's own key nobody is told twice or left out.
    """
    total = 0
    while pk := _next_to_confirm():
        total += _confirm(pk, at)
    return total


def _next_to_confirm() -> int | None:
    waiting = Proposal.objects.filter(confirmed__lt=F("numbered")).order_by("pk")
    return waiting.values_list("pk", flat=True).first()


@transaction.atomic
def _confirm(proposal_id: int, at: datetime) -> int:
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )
    until = min(proposal.confirmed + CONFIRMED_AT_ONCE, proposal.numbered)
    rows = Endorsement.objects.filter(
        proposal=proposal,
        number__gt=proposal.confirmed,
        number__lte=until,
        person__isnull=False,
    ).select_related("person")
    told = tell_endorsed(proposal, rows.order_by("number"), by=SYSTEM, at=at)
    proposal.confirmed = until
    proposal.save(update_fields=["confirmed"])
    return told
