"""One letter to thousands (大量通知): a row with its act, its readers a little later.

The act that tells writes one `Mailing`. The tick writes its notices, a thousand at a time, and moves
the cursor in the same transaction: whoever is killed in between has done neither.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from minben.kernel.actor import Actor
from minben.notify.actions.outbox import enqueue_each
from minben.notify.models import Mailing, Notice
from minben.notify.registry import audience_of, kind_of

STEP = 1000
MOST = 50_000  # readers of one tick


@transaction.atomic
def begin_mailing(
    kind: str,
    *,
    fact: str,
    audience: str,
    ref: int,
    version: int,
    context: Mapping[str, Any],  # Any: JSON values
    case_id: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """Tell an audience, in the caller's transaction, at the price of one row.

    The same version of the same fact is told once. A newer one takes the place of what the older
    has not told yet; an older one that comes late is told to nobody.

    Args:
        audience: a code of `minben.notify.registry.audience`.
        ref: what the audience is of, as its function understands it.
    """
    kind_of(kind)
    audience_of(audience)
    same = Mailing.objects.filter(kind=kind, fact=fact)
    if same.filter(version__gte=version).exists():
        return
    _cancel(same, at)
    made = Mailing(
        kind=kind,
        fact=fact,
        version=version,
        audience=audience,
        ref=ref,
        context=dict(context),
        case_id=case_id,
        begun_at=at,
    )
    Mailing.objects.bulk_create([made], ignore_conflicts=True)


@transaction.atomic
def cancel_mailing(*, kind: str, fact: str, by: Actor, at: datetime) -> None:
    """Tell nobody any more whom a mailing has not told yet."""
    _cancel(Mailing.objects.filter(kind=kind, fact=fact), at)


def _cancel(mailings: QuerySet[Mailing], at: datetime) -> None:
    # Locked first: whoever expands one of them now ends before, or finds it cancelled.
    found = list(mailings.select_for_update().filter(cancelled_at=None))
    numbers = [one.pk for one in found]
    Mailing.objects.filter(pk__in=numbers, done_at=None).update(cancelled_at=at, context={})
    waiting = Notice.objects.filter(mailing__in=numbers, sent_at=None, dropped_at=None)
    # What was handed over may have arrived: the mail server's log decides of it first.
    waiting.filter(handed_at=None).update(dropped_at=at, lease=None, last_error="superseded")


def expand_mailings(*, by: Actor, at: datetime, most: int = MOST) -> int:
    """Write the notices of mailings, `STEP` readers a transaction; returns to how many."""
    told = 0
    while told < most:
        step = _expand_one(by, at)
        if step is None:
            break
        told += step
    return told


@transaction.atomic
def _expand_one(by: Actor, at: datetime) -> int | None:
    """Write the next notices of the oldest mailing; None when there is nothing to expand."""
    begun = Mailing.objects.filter(done_at=None, cancelled_at=None, begun_at__lte=at)
    # Two ticks at once: the second takes another mailing, or waits for the one file of SQLite.
    mailing = begun.select_for_update(skip_locked=True).order_by("pk").first()
    if mailing is None:
        return None
    readers = audience_of(mailing.audience)(mailing.ref, mailing.begun_at, mailing.cursor, STEP)
    enqueue_each(
        mailing.kind,
        fact=mailing.fact,
        letters=((reader, mailing.context) for _, reader in readers),
        by=by,
        at=at,
        version=mailing.version,
        case_id=mailing.case_id,
        mailing=mailing,
    )
    row = Mailing.objects.filter(pk=mailing.pk)
    if len(readers) < STEP:  # what was said is kept with each reader, and nowhere else
        row.update(done_at=at, context={})
    if readers:
        row.update(cursor=readers[-1][0], told=F("told") + len(readers))
    return len(readers)
