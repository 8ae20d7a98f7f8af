"""40,000 letters, fifteen workers killed from one moment to the next: none missing, none double.

    make measures

Needs PostgreSQL (DATABASE_URL). It prints time and rate. Workers are killed at random moments, and
twice on purpose where it is worst: after the mail server took a letter and before it said so, and
when the end of a letter was written down as sent but never arrived.
"""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.notify.models import Mailing, Notice
from minben.notify.queries import message_id
from minben.proposals.notify_people import tell_endorsers
from tests.db.notify.endorsed import endorsed_by
from tests.measures.post_office import Office, database_url, kill_in_the_middle, post_office

READERS, KILLS, WORKERS = 40_000, 15, 2
LEASE = 20


def left() -> int:
    return Notice.objects.filter(sent_at=None, dropped_at=None).count()


def everybody_told() -> bool:
    return Mailing.objects.filter(done_at__isnull=False).exists() and not left()


def work(office: Office, chance: random.Random) -> None:
    """Let workers send, and kill one every few seconds until fifteen are dead."""
    for _ in range(WORKERS):
        office.hire()
    killing_at = time.monotonic() + 6
    until = time.monotonic() + 20 * 60
    while not everybody_told():
        assert time.monotonic() < until, f"{left()} left"
        if office.killed == KILLS // 2:
            kill_in_the_middle(office)
            office.hire()
        elif office.killed < KILLS and time.monotonic() > killing_at:
            office.kill(chance.randrange(len(office.workers)))
            office.hire()
            killing_at = time.monotonic() + chance.uniform(3, 7)
        time.sleep(0.5)
        if not queue_has_work():
            office.knock()  # others write to this server too, and its log goes on
            office.minben("mail", "reconcile", "--log", str(office.log))
            time.sleep(2)


def queue_has_work() -> bool:
    return Notice.objects.filter(sent_at=None, handed_at=None).exists() or not (
        Mailing.objects.filter(done_at__isnull=False).exists()
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_forty_thousand_letters_survive_fifteen_kills(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("several workers at once need PostgreSQL")
    proposal = endorsed_by(READERS)
    tell_endorsers("answered", proposal, by=SYSTEM, at=clock.now(), adoption="adopted")
    Notice.objects.filter(mailing=None).delete()
    where = database_url(settings.DATABASES["default"])
    begun = time.monotonic()
    with post_office(
        tmp_path, where, refuse=0.1, MAIL_LEASE_SECONDS=str(LEASE), MAIL_DOUBT_SECONDS="5"
    ) as office:
        work(office, random.Random(2026))
        took = time.monotonic() - begun
        taken = office.taken()
    names = {
        message_id(key).partition("@")[0]
        for key in Notice.objects.values_list("key", flat=True).iterator()
    }
    taken = Counter({name.partition("@")[0]: n for name, n in taken.items()})
    doubles = {name: n for name, n in taken.items() if n > 1}
    print(
        f"\n{len(taken)} of {READERS} letters taken, {len(doubles)} double, {len(names - set(taken))} "
        f"missing, {office.killed} workers killed, {took:.0f} s, {READERS / took:.0f} a second"
    )
    assert Counter(taken.values()) == {1: READERS}
    assert set(taken) == names
    assert (Mailing.objects.get().told, Notice.objects.exclude(sent_at=None).count()) == (
        READERS, READERS,
    )  # fmt: skip
    assert office.killed >= KILLS
