"""Several workers at the letter of a day: one letter, and everything in it once."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core import mail

from minben.kernel.actor import SYSTEM
from minben.kernel.periods import TAIPEI
from minben.notify import actions
from minben.notify.models import Notice
from minben.notify.registry import DIGEST
from tests.db.crowd import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
EVE = datetime(2026, 3, 2, 20, tzinfo=TAIPEI)
WHO = "person:1"


def test_workers_at_once_make_one_letter_of_it() -> None:
    actions.wish_for_letters(
        recipient=WHO, daily=True, quiet_from=None, quiet_until=None, by=SYSTEM, at=EVE
    )
    for n in range(20):
        actions.enqueue(
            "proposals.lapsed",
            fact=f"proposal:{n}",
            recipient=WHO,
            address="a@example.org",
            language="en",
            context={"number": f"2026-{n:06d}", "subject": f"[{n}]", "endorsed": 1, "threshold": 2},
            by=SYSTEM,
            at=EVE,
        )
    send = partial(actions.send_due, by=SYSTEM, limit=20)
    assert outcomes(at_once([partial(send, at=EVE)] * 4)) == {"done": 4}
    assert Notice.objects.filter(kind=DIGEST).count() == 1
    assert not mail.outbox
    morning = EVE + timedelta(hours=12)
    assert outcomes(at_once([partial(send, at=morning)] * 4)) == {"done": 4}
    (letter,) = mail.outbox
    assert [str(letter.body).count(f"[{n}]") for n in range(20)] == [
        str(letter.body).count("[0]")
    ] * 20
    assert Notice.objects.filter(sent_at=morning).count() == 21
    assert outcomes(at_once([partial(send, at=morning + timedelta(days=1))] * 2)) == {"done": 2}
    assert len(mail.outbox) == 1
