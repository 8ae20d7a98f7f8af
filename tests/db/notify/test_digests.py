"""One letter a day and quiet hours: nothing is told twice, nothing is lost, and only what is true."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.periods import TAIPEI
from minben.kernel.refusal import Refusal
from minben.notify import actions, personal, queries, registry
from minben.notify.actions import digests, sending
from minben.notify.models import Notice, Wish
from minben.notify.registry import DIGEST, Haste, kind_of
from tests.db.notify.test_sending import Scripted, age, taken_log

pytestmark = pytest.mark.django_db
WHO = "person:1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KIND, LEGAL, SECURITY = "proposals.lapsed", "proposals.hidden", "people.counter_confirmed"


@pytest.fixture
def eve() -> datetime:
    """An evening; the letter of the day leaves at eight the next morning."""
    return datetime(2026, 3, 2, 20, tzinfo=TAIPEI)


@pytest.fixture
def morning(eve: datetime) -> datetime:
    return eve + 12 * HOUR


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Scripted]:
    def make(*script: str) -> Scripted:
        made = Scripted(*script)
        monkeypatch.setattr(sending, "speaker", lambda: made)
        return made

    return make


def wish(at: datetime, *, daily: bool = True, quiet: tuple[int, int] | None = None) -> None:
    start, end = quiet or (None, None)
    actions.wish_for_letters(
        recipient=WHO, daily=daily, quiet_from=start, quiet_until=end, by=SYSTEM, at=at
    )


def tell(at: datetime, n: int = 1, kind: str = KIND, **more: Any) -> None:
    about = {"number": f"2026-{n:06d}", "subject": f"第 {n} 件", "endorsed": n, "threshold": 5000}
    about |= {"counter": "x", "ground_zh": "重複", "reason": "重複", "basis": "規則", "joins": ""}
    actions.enqueue(
        kind,
        fact=f"proposal:{n}",
        recipient=WHO,
        address="a@example.org",
        language="zh-hant",
        context=about,
        by=SYSTEM,
        at=at,
        **more,
    )


def send(at: datetime) -> int:
    return actions.send_due(by=SYSTEM, at=at)


def test_who_wishes_gets_one_letter_a_day(eve: datetime, morning: datetime) -> None:
    wish(eve)
    tell(eve, 1)
    tell(eve, 2)
    assert send(eve) == 0
    tell(eve + HOUR, 3)
    assert send(morning - timedelta(minutes=1)) == 0
    assert not mail.outbox
    assert send(morning) == 1
    (letter,) = mail.outbox
    assert letter.subject == "2026-03-03 的通知彙整"
    body = str(letter.body)
    for n in (1, 2, 3):
        assert f"第 {n} 件" in body
    assert "您有 3 則通知" in body
    assert "/account/notices/" in body
    assert Notice.objects.filter(sent_at=morning).count() == 4
    assert send(morning + DAY) == 0
    assert [one.kind for one in queries.told_to(WHO)] == [KIND] * 3


def test_two_ticks_of_a_day_make_one_letter(eve: datetime, morning: datetime) -> None:
    wish(eve)
    tell(eve)
    send(eve)
    send(eve)
    assert Notice.objects.filter(kind=DIGEST).count() == 1
    assert (send(morning), send(morning)) == (1, 0)
    tell(morning, 2)  # after the letter of this day: into the next
    assert send(morning) == 0
    assert send(morning + DAY) == 1
    assert [str(one.body).count("第 2 件") > 0 for one in mail.outbox] == [False, True]


def test_others_get_theirs_at_once(eve: datetime) -> None:
    tell(eve)
    assert send(eve) == 1
    assert not Notice.objects.filter(kind=DIGEST).exists()


def test_only_what_is_true_and_wished_is_told(
    eve: datetime, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish(eve)
    for n in (1, 2, 3):
        tell(eve, n, case_id=n)
    send(eve)
    kind = kind_of(KIND)
    false_for_one = registry.NoticeKind(
        kind.code, kind.subject, kind.template, lambda told, at: told["number"] != "2026-000001"
    )
    monkeypatch.setitem(registry._kinds, KIND, false_for_one)
    actions.mute_case(recipient=WHO, case_id=2, number="2026-000002", by=SYSTEM, at=eve)
    assert send(morning) == 1
    body = str(mail.outbox[0].body)
    assert ("第 1 件" in body, "第 2 件" in body, "第 3 件" in body) == (False, False, True)
    said = set(Notice.objects.exclude(dropped_at=None).values_list("last_error", flat=True))
    assert said == {"no longer true", "stopped by its reader"}


def test_nothing_left_to_tell_is_no_letter(eve: datetime, morning: datetime) -> None:
    wish(eve)
    tell(eve, 1, case_id=1)
    send(eve)
    actions.mute_case(recipient=WHO, case_id=1, number="", by=SYSTEM, at=eve)
    assert send(morning) == 0
    assert not mail.outbox
    assert not Notice.objects.filter(sent_at=None, dropped_at=None).exists()


def test_one_that_cannot_be_rendered_keeps_back_no_other(
    eve: datetime, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish(eve)
    tell(eve, 1)
    tell(eve, 2)
    send(eve)
    Notice.objects.filter(key__contains="proposal:1").update(context={})
    assert send(morning) == 1
    assert "第 2 件" in str(mail.outbox[0].body)
    left = Notice.objects.get(key__contains="proposal:1")
    assert (left.sent_at, left.attempts > 0, bool(left.last_error)) == (None, True, True)


def test_more_than_fits_comes_the_next_day(
    eve: datetime, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST", 2)
    wish(eve)
    for n in (1, 2, 3):
        tell(eve, n)
    send(eve)
    assert send(morning) == 1
    assert send(morning) == 0
    assert send(morning + DAY) == 1
    told = [sum(f"第 {n} 件" in str(one.body) for n in (1, 2, 3)) for one in mail.outbox]
    assert told == [2, 1]


def test_killed_before_the_end_it_is_sent_once_later(
    server: Any, eve: datetime, morning: datetime
) -> None:
    wish(eve)
    tell(eve)
    send(eve)
    server("killed before")
    with pytest.raises(KeyboardInterrupt):
        send(morning)
    item = Notice.objects.get(kind=KIND)
    assert (item.sent_at, item.handed_at) == (None, None)
    age(HOUR)
    second = server()
    assert send(morning + HOUR) == 1
    assert len(second.taken) == 1
    assert Notice.objects.filter(sent_at=None).count() == 0


@pytest.mark.parametrize("taken", [True, False])
def test_killed_after_the_hand_over_the_log_decides_for_all_it_tells(
    server: Any, eve: datetime, morning: datetime, taken: bool
) -> None:
    wish(eve)
    tell(eve, 1)
    tell(eve, 2)
    send(eve)
    server("killed after")
    with pytest.raises(KeyboardInterrupt):
        send(morning)
    digest = Notice.objects.get(kind=DIGEST)
    assert Notice.objects.filter(kind=KIND, handed_at=digest.handed_at).count() == 2
    # What is told in the meantime goes into another letter.
    tell(morning, 3)
    age(HOUR)
    server()
    assert send(morning + timedelta(minutes=1)) == 0
    assert queries.outbox(morning).doubtful == 1
    now = clock.now() - clock.offset()
    name = queries.message_id(digest.key)
    log = taken_log(now - 5 * HOUR, now, *([name] if taken else []))
    assert actions.resolve_doubts(log=log, by=SYSTEM, at=morning) == ((1, 0) if taken else (0, 1))
    first = Notice.objects.filter(kind=KIND, key__regex="proposal:[12]")
    assert first.filter(sent_at__isnull=False).count() == (2 if taken else 0)
    again = server()
    assert send(morning + timedelta(minutes=2)) == (0 if taken else 1)
    assert len(again.taken) == (0 if taken else 1)
    assert first.filter(sent_at=None).count() == 0
    assert send(morning + DAY) == 1  # the third
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_a_letter_that_is_leaving_takes_nothing_more(
    server: Any, eve: datetime, morning: datetime
) -> None:
    wish(eve)
    tell(eve, 1)
    send(eve)
    digest = Notice.objects.get(kind=DIGEST)
    Notice.objects.filter(pk=digest.pk).update(lease="another worker")
    tell(eve, 2)
    send(eve)
    later = Notice.objects.get(key__contains="proposal:2").digest_id
    assert later is not None
    assert later != digest.pk


def test_a_server_that_is_away_loses_nothing_and_twenty_tries_end_it(
    server: Any, eve: datetime, morning: datetime
) -> None:
    wish(eve)
    tell(eve)
    send(eve)
    server("away")
    assert send(morning) == 0
    assert Notice.objects.filter(sent_at=None, dropped_at=None).count() == 2
    Notice.objects.filter(kind=DIGEST).update(attempts=19, not_before=morning)
    server("away")
    send(morning)
    assert Notice.objects.filter(sent_at=None, dropped_at=None).count() == 0
    assert "nobody there" in Notice.objects.get(kind=KIND).last_error


def test_what_begins_a_time_or_is_about_safety_is_never_collected(eve: datetime) -> None:
    assert kind_of(LEGAL).haste is Haste.SINGLE
    assert kind_of(SECURITY).haste is Haste.AT_ONCE
    wish(eve, quiet=(19, 7))
    tell(eve, 1, LEGAL)
    tell(eve, 2, SECURITY)
    assert send(eve) == 1
    assert "確認" in mail.outbox[0].subject
    assert send(eve + 11 * HOUR) == 1  # at seven
    assert "隱藏" in mail.outbox[1].subject
    assert not Notice.objects.filter(kind=DIGEST).exists()


def test_quiet_hours_hold_letters_without_counting_a_try(eve: datetime) -> None:
    wish(eve, daily=False, quiet=(19, 7))
    tell(eve)
    for minutes in range(30):
        assert send(eve + timedelta(minutes=minutes)) == 0
    row = Notice.objects.get()
    assert (row.attempts, row.not_before) == (0, eve + 11 * HOUR)
    assert send(eve + 11 * HOUR) == 1


def test_the_letter_of_the_day_waits_for_quiet_hours_too(eve: datetime, morning: datetime) -> None:
    wish(eve, quiet=(22, 10))
    tell(eve)
    send(eve)
    assert send(morning) == 0
    assert send(morning + 2 * HOUR) == 1


def test_wishing_for_letters_at_once_lets_what_waits_go(eve: datetime, morning: datetime) -> None:
    wish(eve)
    tell(eve)
    send(eve)
    wish(eve + HOUR, daily=False)
    assert send(eve + HOUR) == 1
    assert send(morning) == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("start", "end"), [(5, 5), (5, None), (None, 5), (24, 5), (5, -1)])
def test_hours_that_are_none_are_refused(start: Any, end: Any, eve: datetime) -> None:
    with pytest.raises(Refusal, match="quiet_hours"):
        actions.wish_for_letters(
            recipient=WHO, daily=False, quiet_from=start, quiet_until=end, by=SYSTEM, at=eve
        )


def test_a_wish_is_theirs_to_see_and_goes_with_them(eve: datetime) -> None:
    wish(eve, quiet=(22, 7))
    (held,) = personal.held_about(WHO)["letters_wished"]
    assert (held["daily"], held["quiet_from"]) == (True, 22)
    actions.forget_person(recipient=WHO, addresses=[], by=SYSTEM, at=eve)
    assert not Wish.objects.exists()
