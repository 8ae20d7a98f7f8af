"""The outbox: told once, tried again, given up at last, and never held up by one bad notice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from minben.kernel.actor import SYSTEM
from minben.notify import actions, registry
from minben.notify.actions import MAX_ATTEMPTS, Reader
from minben.notify.models import Notice
from tests.factories import DAY, DAY0

pytestmark = pytest.mark.django_db
KIND = "people.counter_confirmed"


def tell(*recipients: str, fact: str = "counter:1", kind: str = KIND) -> None:
    actions.enqueue_all(
        kind,
        fact=fact,
        readers=[Reader(name, f"{name}@example.org", "zh-hant") for name in recipients],
        context={"counter": "中正區公所"},
        by=SYSTEM,
        at=DAY0,
    )


def send(minutes: float = 0) -> int:
    return actions.send_due(by=SYSTEM, at=DAY0 + timedelta(minutes=minutes))


@pytest.fixture
def broken_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.db.test_outbox.NoSuchBackend"


def test_the_same_fact_is_told_once() -> None:
    tell("a", "b", "a")
    tell("a")
    assert Notice.objects.count() == 2
    assert (send(), send(), len(mail.outbox)) == (2, 0, 2)
    tell("a", fact="counter:2")
    assert send() == 1


def test_a_second_version_of_the_same_fact_is_told_again_and_once() -> None:
    tell("a")
    for _ in range(2):
        actions.enqueue_all(
            KIND,
            fact="counter:1",
            readers=[Reader("a", "a@example.org", "en")],
            context={"counter": "x"},
            by=SYSTEM,
            at=DAY0,
            version=2,
        )
    keys = set(Notice.objects.values_list("key", "version"))
    assert keys == {(f"{KIND}|counter:1|a", 1), (f"{KIND}|counter:1|v2|a", 2)}


def test_a_notice_waits_for_its_time() -> None:
    actions.enqueue(
        KIND,
        fact="counter:1",
        recipient="a",
        address="a@example.org",
        language="en",
        context={"counter": "x"},
        by=SYSTEM,
        at=DAY0,
        not_before=DAY0 + DAY,
    )
    assert (send(), send(24 * 60)) == (0, 1)


def test_it_is_written_in_the_language_of_its_reader() -> None:
    tell("zh")
    Notice.objects.update(language="en")
    tell("en")
    Notice.objects.filter(recipient="en").update(language="zh-hant")
    send()
    english, chinese = (message.subject for message in sorted(mail.outbox, key=lambda m: m.to))
    assert english.isascii() is False
    assert chinese.isascii() is True


@pytest.mark.usefixtures("broken_mail")
def test_a_sender_that_is_away_is_tried_again_later_and_given_up_at_last() -> None:
    tell("a")
    assert send() == 0
    assert send() == 0  # not at once: it was pushed forward
    assert Notice.objects.get().attempts == 1
    minutes = 0.0
    for attempt in range(1, MAX_ATTEMPTS):
        minutes += 2.0**attempt
        send(minutes)
    notice = Notice.objects.get()
    assert (notice.attempts, notice.sent_at) == (MAX_ATTEMPTS, None)
    assert notice.dropped_at is not None
    assert notice.last_error.startswith(("ModuleNotFoundError", "ImportError", "AttributeError"))


def test_what_is_true_no_longer_is_dropped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = registry.kind_of(KIND)
    gone = registry.NoticeKind(KIND, kind.subject, kind.template, lambda context, at: False)
    monkeypatch.setitem(registry._kinds, KIND, gone)
    tell("a")
    assert (send(), len(mail.outbox)) == (0, 0)
    notice = Notice.objects.get()
    assert (notice.dropped_at, notice.last_error) == (DAY0, "no longer true")


def test_one_bad_notice_does_not_hold_up_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    tell("a", "b", "c")
    Notice.objects.filter(recipient="a").update(kind="gone.with_its_module")
    Notice.objects.filter(recipient="b").update(address="two\nlines@example.org")
    assert send() == 1
    assert [message.to for message in mail.outbox] == [["c@example.org"]]
    errors = dict(Notice.objects.exclude(last_error="").values_list("recipient", "last_error"))
    assert set(errors) == {"a", "b"}


def test_an_unknown_kind_is_a_fault_of_ours_and_told_at_once() -> None:
    with pytest.raises(KeyError):
        tell("a", kind="nobody.declared_this")
