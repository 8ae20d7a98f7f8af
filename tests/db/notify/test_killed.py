"""Workers killed in the middle of a mailing: nobody is left out, nobody is told twice.

`tests/measures/test_mass_mail.py` does the same with 40,000 letters and fifteen kills.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as platform

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.notify import actions, queries
from minben.notify.models import Mailing, Notice
from minben.proposals.notify_people import tell_endorsers
from tests.db.notify.endorsed import endorsed_by
from tests.measures.post_office import (
    Office,
    database_url,
    kill_in_the_middle,
    post_office,
    wait_for,
)

READERS = 150


def finish(office: Office, settings: Any) -> None:
    """Send the rest in this very process, which asks the log of what is in doubt."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(office.env["SMTP_PORT"])
    settings.SITE_URL = office.env["SITE_URL"]  # Message-IDs bear it
    settings.MAIL_LOG, settings.MAIL_LEASE_SECONDS, settings.MAIL_DOUBT_SECONDS = (
        str(office.log), 2, 1,
    )  # fmt: skip

    def done() -> bool:
        now = clock.now()
        actions.expand_mailings(by=SYSTEM, at=now)
        actions.send_due(by=SYSTEM, at=now)
        actions.resolve_from_file(by=SYSTEM, at=clock.now())
        return not Notice.objects.filter(sent_at=None).exists()

    wait_for(done, 120, every=0.2)  # a slow machine is no lost letter


@pytest.mark.django_db(transaction=True)
def test_two_kills_in_the_worst_moments_leave_nobody_out_and_tell_nobody_twice(
    tmp_path: Path, settings: Any
) -> None:
    proposal = endorsed_by(READERS)
    tell_endorsers("answered", proposal, by=SYSTEM, at=clock.now(), adoption="adopted")
    Notice.objects.exclude(mailing__isnull=False).delete()
    where = database_url(platform.DATABASES["default"])
    with post_office(tmp_path, where, MAIL_LEASE_SECONDS="2", MAIL_DOUBT_SECONDS="1") as office:
        office.hire()
        wait_for(lambda: len(office.taken()) > 20, 20)
        kill_in_the_middle(office)
        office.kill()
        doubtful = Notice.objects.filter(handed_at__isnull=False, sent_at=None)
        assert 2 <= doubtful.count() <= 3
        finish(office, settings)
        taken = office.taken()
    assert Counter(taken.values()) == {1: READERS}
    assert set(taken) == {
        queries.message_id(key) for key in Notice.objects.values_list("key", flat=True)
    }
    assert Mailing.objects.get().told == READERS
    assert Notice.objects.filter(sent_at=None).count() == 0
