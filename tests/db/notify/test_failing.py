"""One notice that can't be sent holds up no other, and is given up in the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.kernel.actor import SYSTEM
from minben.notify import actions
from minben.notify.models import Notice
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
GOOD, BAD = "good@example.org", "bad@example.org"


@pytest.fixture(autouse=True)
def _away(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(kind: Any, notice: Notice, at: datetime) -> None:
        if notice.address == BAD:
            raise OSError("no such mailbox")

    monkeypatch.setattr(actions, "send_mail", send)


def _tell(address: str) -> None:
    actions.enqueue(
        "people.counter_confirmed",
        fact="counter:1",
        recipient=f"person:{address}",
        address=address,
        language="zh-hant",
        context={"counter": "區公所"},
        by=SYSTEM,
        at=DAY0,
    )


def test_the_rest_goes_out_and_the_broken_one_is_tried_again_later() -> None:
    _tell(BAD)
    _tell(GOOD)
    assert actions.send_due(by=SYSTEM, at=DAY0) == 1
    broken = Notice.objects.get(address=BAD)
    assert (broken.sent_at, broken.dropped_at, broken.attempts) == (None, None, 1)
    assert "no such mailbox" in broken.last_error
    assert broken.not_before > DAY0
    assert Notice.objects.get(address=GOOD).sent_at == DAY0


def test_after_eight_tries_it_is_given_up_and_says_why() -> None:
    _tell(BAD)
    for day in range(10):
        actions.send_due(by=SYSTEM, at=DAY0 + timedelta(days=day))
    broken = Notice.objects.get(address=BAD)
    assert broken.attempts == actions.MAX_ATTEMPTS
    assert broken.dropped_at == DAY0 + timedelta(days=actions.MAX_ATTEMPTS - 1)
    assert "no such mailbox" in broken.last_error
