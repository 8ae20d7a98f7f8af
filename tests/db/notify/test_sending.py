"""Leased, handed over, sent: what every interruption leaves behind, and who may settle it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.notify import actions, mail_log, queries, registry
from minben.notify.actions import Reader, sending
from minben.notify.letters import message_id
from minben.notify.models import Notice
from minben.notify.speaking import AwayError, InDoubtError, RefusedError

pytestmark = pytest.mark.django_db
KIND = "people.counter_confirmed"
HOUR = timedelta(hours=1)


class Scripted:
    """A mail server that does to each letter what the script says; afterwards it takes all."""

    def __init__(self, *script: str) -> None:
        self.script, self.taken, self.seen = list(script), [], []

    def send(self, letter: EmailMessage, hand_over: Callable[[], None]) -> None:
        name = letter.extra_headers["Message-ID"][1:-1]
        self.seen.append(name)
        fate = self.script.pop(0) if self.script else "yes"
        if fate == "away":
            raise AwayError("ConnectionRefusedError: nobody there")
        if fate == "killed before":
            raise KeyboardInterrupt
        hand_over()
        if fate == "killed after":
            raise KeyboardInterrupt
        if fate == "refused":
            raise RefusedError("451 later")
        if fate in ("cut", "cut, but taken"):
            self.taken += [name] if "taken" in fate else []
            raise InDoubtError("SMTPServerDisconnected: closed")
        self.taken.append(name)

    def hang_up(self) -> None: ...


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Scripted]:
    def make(*script: str) -> Scripted:
        made = Scripted(*script)
        monkeypatch.setattr(sending, "speaker", lambda: made)
        return made

    return make


def tell(count: int, at: datetime) -> None:
    readers = [Reader(f"person:{n}", f"p{n}@example.org", "en") for n in range(count)]
    actions.enqueue_all(
        KIND, fact="counter:1", readers=readers, context={"counter": "x"}, by=SYSTEM, at=at
    )


def send(at: datetime) -> int:
    return actions.send_due(by=SYSTEM, at=at)


def log(*lines: tuple[datetime, str, str]) -> mail_log.MailLog:
    return mail_log.read_log(
        f"{at.isoformat()} mx postfix/{who}[9]: {what}" for at, who, what in lines
    )


def taken_log(since: datetime, until: datetime, *names: str) -> mail_log.MailLog:
    found = [
        line
        for n, name in enumerate(names)
        for line in (
            (since, "cleanup", f"4B{n}: message-id=<{name}>"),
            (since, "qmgr", f"4B{n}: from=<x@example.org>, size=9, nrcpt=1 (queue active)"),
        )
    ]
    return log((since, "smtpd", "connect from a[1.2.3.4]"), *found, (until, "smtpd", "disconnect"))


def age(by: timedelta) -> None:
    """Everything that was leased and handed over was so that much earlier."""
    for row in Notice.objects.exclude(leased_until=None):
        row.leased_until -= by
        row.handed_at = row.handed_at and row.handed_at - by
        row.save()


def test_a_worker_killed_before_the_end_of_a_letter_sent_nothing(server: Any, at: datetime) -> None:
    tell(2, at)
    first = server("yes", "killed before")
    with pytest.raises(KeyboardInterrupt):
        send(at)
    assert len(first.taken) == 1
    second = server()
    assert send(at + HOUR) == 0  # it may still be alive: its lease runs by the machine's time
    age(HOUR)
    assert (send(at + HOUR), len(second.taken), set(first.taken) & set(second.taken)) == (
        1,
        1,
        set(),
    )
    assert second.seen == first.seen[1:]  # by the same name


@pytest.mark.parametrize("fate", ["killed after", "cut", "cut, but taken"])
def test_a_letter_in_doubt_is_never_sent_on_a_guess(server: Any, at: datetime, fate: str) -> None:
    tell(1, at)
    server(fate)
    if fate == "killed after":
        with pytest.raises(KeyboardInterrupt):
            send(at)
    else:
        assert send(at) == 0
    age(240 * HOUR)
    again = server()
    assert (send(at + 24 * HOUR), again.seen) == (0, [])
    box = queries.outbox(at)
    assert (box.waiting, box.late, box.doubtful) == (0, 0, 1)
    [doubt] = queries.doubts()
    assert doubt.message_id == message_id(f"{KIND}|counter:1|person:0")


def doubtful(server: Any, at: datetime) -> str:
    """One letter in doubt, handed over an hour ago; its name."""
    tell(1, at)
    server("cut")
    send(at)
    age(HOUR)
    return queries.doubts()[0].message_id


def resolve(found: mail_log.MailLog, at: datetime) -> tuple[int, int]:
    return actions.resolve_doubts(log=found, by=SYSTEM, at=at)


def test_what_the_log_says_was_taken_is_sent_also_after_the_platform_moved(
    server: Any, at: datetime, settings: Any
) -> None:
    name = doubtful(server, at)
    settings.SITE_URL = "https://moved.example.org"
    assert resolve(taken_log(at - HOUR, at - HOUR, name), at) == (1, 0)
    assert Notice.objects.get().sent_at == at
    assert (server().seen, send(at + HOUR)) == ([], 0)


def test_what_a_whole_log_does_not_know_is_sent_again(server: Any, at: datetime) -> None:
    name = doubtful(server, at)
    assert resolve(taken_log(at - 2 * HOUR, at, "another"), at) == (0, 1)
    again = server()
    assert (send(at), again.taken) == (1, [name])


@pytest.mark.parametrize(
    ("since", "until"),
    [(-30, 30), (-120, -59), (-120, -51)],
    ids=["begins later", "ends before", "ends too early to be sure"],
)
def test_what_the_log_does_not_reach_stays_in_doubt(
    server: Any, at: datetime, since: int, until: int
) -> None:
    doubtful(server, at)
    minute = timedelta(minutes=1)
    assert resolve(taken_log(at + since * minute, at + until * minute), at) == (0, 0)
    assert resolve(mail_log.MailLog(), at) == (0, 0)
    assert queries.outbox(at).doubtful == 1


def test_a_letter_that_was_named_and_never_queued_was_not_taken(server: Any, at: datetime) -> None:
    name = doubtful(server, at)
    found = log(
        (at - 2 * HOUR, "cleanup", f"4B1: message-id=<{name}>"),
        (at - HOUR, "cleanup", "4B1: message-id=<another@example.org>"),
        (at, "qmgr", "4B1: from=<x@example.org>, size=9, nrcpt=1 (queue active)"),
    )
    assert found.accepted == {"another@example.org"}
    assert resolve(found, at) == (0, 1)


def test_a_worker_that_still_holds_its_letter_is_not_in_doubt(server: Any, at: datetime) -> None:
    tell(1, at)
    server("cut")
    send(at)
    assert queries.doubts() == []
    assert resolve(taken_log(at - HOUR, at + HOUR), at) == (0, 0)


def test_the_host_s_log_is_asked_by_the_tick_and_only_when_there_is_a_doubt(
    server: Any, at: datetime, tmp_path: Path, settings: Any
) -> None:
    settings.MAIL_LOG = str(tmp_path / "mail.log")
    assert actions.resolve_from_file(by=SYSTEM, at=at) == 0  # the file is not even opened
    name = doubtful(server, at)
    (tmp_path / "mail.log").write_text(
        f"{at.isoformat()} mx postfix/cleanup[1]: 4B: message-id=<{name}>\nrubbish\n"
        f"{at.isoformat()} mx postfix/qmgr[1]: 4B: from=<a@b>, size=1, nrcpt=1 (queue active)\n"
    )
    assert actions.resolve_from_file(by=SYSTEM, at=at) == 1
    assert Notice.objects.get().sent_at == at


def test_somebody_may_say_what_the_mail_server_told_them(server: Any, at: datetime) -> None:
    doubtful(server, at)
    pk = Notice.objects.get().pk
    actions.settle_doubt(notice_id=pk, accepted=False, by=SYSTEM, at=at)
    server("cut")
    send(at)
    with pytest.raises(Refusal, match="not_doubtful"):  # its worker may still hear an answer
        actions.settle_doubt(notice_id=pk, accepted=True, by=SYSTEM, at=at)
    age(HOUR)
    actions.settle_doubt(notice_id=pk, accepted=True, by=SYSTEM, at=at)
    assert Notice.objects.get().sent_at == at


def test_a_refused_letter_waits_and_is_not_in_doubt(server: Any, at: datetime) -> None:
    tell(2, at)
    assert (server("refused") and send(at)) == 1
    waits = Notice.objects.get(sent_at=None)
    assert (waits.handed_at, waits.lease, waits.last_error) == (
        None,
        None,
        "RefusedError: 451 later",
    )
    assert waits.not_before == at + timedelta(minutes=1)
    assert (server() and send(at + timedelta(minutes=1))) == 1


def test_a_lease_that_was_lost_meanwhile_sends_nothing(server: Any, at: datetime) -> None:
    tell(1, at)
    other = server()
    say = other.send

    def slowly(letter: EmailMessage, hand_over: Callable[[], None]) -> None:
        Notice.objects.update(lease="another worker")
        say(letter, hand_over)

    other.send = slowly
    assert (send(at), other.taken) == (0, [])
    assert Notice.objects.get().handed_at is None


def test_its_own_row_is_not_searched_among_all_that_waits(server: Any, at: datetime) -> None:
    """Without fresh statistics PostgreSQL takes the index of what waits, and reads it all."""
    tell(1, at)
    server()
    with CaptureQueriesContext(connection) as queries:
        send(at)
    noted = [one["sql"] for one in queries if one["sql"].startswith("UPDATE")]
    assert [sql for sql in noted if "handed_at" in sql]
    assert not [sql for sql in noted if '"sent_at" IS NULL' in sql]


def test_a_person_erased_meanwhile_is_not_written_to(server: Any, at: datetime) -> None:
    tell(1, at)
    other = server()
    say = other.send

    def slowly(letter: EmailMessage, hand_over: Callable[[], None]) -> None:
        actions.forget_person(recipient="person:0", addresses=[], by=SYSTEM, at=at)
        say(letter, hand_over)

    other.send = slowly
    assert (send(at), other.taken, Notice.objects.count()) == (0, [], 0)


def test_a_notice_whose_senders_die_of_it_is_given_up(server: Any, at: datetime) -> None:
    tell(1, at)
    Notice.objects.update(attempts=sending.MAX_ATTEMPTS)
    assert (send(at), server().seen) == (0, [])
    given_up = Notice.objects.get()
    assert (given_up.dropped_at, given_up.last_error) == (at, "RuntimeError: given up")


def test_one_that_leaves_nothing_behind_is_gone_once_the_log_knows_it(
    server: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = registry.kind_of(KIND)
    unkept = registry.NoticeKind(KIND, kind.subject, kind.template, kept=False)
    monkeypatch.setitem(registry._kinds, KIND, unkept)
    name = doubtful(server, at)
    assert resolve(taken_log(at - HOUR, at, name), at) == (1, 0)
    assert not Notice.objects.exists()
