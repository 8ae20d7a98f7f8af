"""Letters that come back: what stops an address, and what anybody might send us instead."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from minben.config.commands.mailing import mail_command
from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.notify import actions, personal, queries
from minben.notify.dsn import LARGEST, messages_in, read_dsn
from minben.notify.models import Notice, ReturnedAddress
from minben.notify.proving import prove_token
from minben.people.models import User
from tests.factories import DAY, DAY0, make_person

KIND = "people.counter_confirmed"


def tell(user: User, at: datetime, n: int = 0) -> str:
    """Send somebody a letter; returns its Message-ID."""
    actions.enqueue(
        KIND,
        fact=f"counter:{n}:{at:%Y%m%d%H}",
        recipient=f"person:{user.pk}",
        address=user.email,
        language="en",
        context={"counter": "x"},
        by=SYSTEM,
        at=at,
    )
    actions.send_due(by=SYSTEM, at=at)
    return str(mail.outbox[-1].extra_headers["Message-ID"])


def dsn(
    address: str,
    message_id: str,
    status: str = "5.2.1",
    action: str = "failed",
    *,
    headers_only: bool = True,
    field: str = "Final-Recipient",
) -> bytes:
    returned = f"Message-ID: {message_id}\nSubject: x\nTo: {address}\n"
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return (
        "From: MAILER-DAEMON@mx.example.net\nTo: no-reply@example.org\nSubject: Undelivered\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;"
        ' boundary="b"\n\n--b\nContent-Type: text/plain\n\nSorry.\n'
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"{field}: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 no\n\n"
        f"--b\nContent-Type: {kind}\n\n{returned}\nbody\n--b--\n"
    ).encode()


def run(*messages: bytes, mailbox: bool = False) -> Result:
    raw = b"".join(b"From MAILER-DAEMON Mon\n" + one + b"\n" for one in messages)
    given = raw if mailbox else b"".join(messages)
    result = CliRunner().invoke(mail_command, ["bounces", "-"], input=given)
    assert result.exit_code == 0, result.output
    assert "@" not in result.output  # no address in anything that may be logged
    return result


def count(result: Result, name: str) -> int:
    row = next(line for line in result.output.splitlines() if f" {name} " in f"{line} ")
    return int(row.split()[-1])


@pytest.fixture
def user(db: None) -> User:
    return make_person()


@pytest.mark.django_db
class TestStopping:
    def test_no_such_mailbox_stops_it_at_once(self, user: User) -> None:
        result = run(dsn(user.email, tell(user, DAY0), "5.1.1"))
        assert count(result, "stopped") == 1
        row = ReturnedAddress.objects.get()
        assert (row.address, row.status, row.permanent_days) == (user.email, "5.1.1", 1)
        sent = len(mail.outbox)
        actions.enqueue(
            KIND,
            fact="counter:later",
            recipient=f"person:{user.pk}",
            address=user.email.upper(),
            language="en",
            context={"counter": "x"},
            by=SYSTEM,
            at=DAY0 + DAY,
        )
        assert actions.send_due(by=SYSTEM, at=DAY0 + DAY) == 0
        assert len(mail.outbox) == sent
        assert Notice.objects.get(key__contains="later").last_error == "its address returns letters"

    def test_other_failures_stop_it_on_the_third_day(self, user: User) -> None:
        for day, same in ((0, True), (1, True), (2, False)):
            at = DAY0 + day * DAY
            name = tell(user, at)
            result = run(dsn(user.email, name))
            if same:  # a second one of that day counts for nothing more
                run(dsn(user.email, tell(user, at + timedelta(hours=1))))
            assert count(result, "stopped") == (day == 2)
            assert queries.returns_mail(user.email) is (day == 2)
        assert ReturnedAddress.objects.get().permanent_days == 3

    def test_the_same_notification_again_counts_nothing(self, user: User) -> None:
        name = tell(user, DAY0)
        for _ in range(5):
            run(dsn(user.email, name))
        assert ReturnedAddress.objects.get().permanent_days == 1

    def test_what_fails_for_a_while_is_only_counted(self, user: User) -> None:
        name = tell(user, DAY0)
        for _ in range(9):
            result = run(dsn(user.email, name, "4.4.1", "delayed"))
        assert count(result, "temporary") == 1
        row = ReturnedAddress.objects.get()
        assert (row.temporary, row.permanent_days, row.stopped_at) == (9, 0, None)

    def test_a_mailbox_of_many_is_read_whole(self, user: User) -> None:
        other = make_person()
        result = run(
            dsn(user.email, tell(user, DAY0), "5.1.1"),
            b"Subject: hello\n\nI am no report.\n",
            dsn(other.email, tell(other, DAY0), "5.1.1", headers_only=False),
            mailbox=True,
        )
        assert (count(result, "stopped"), count(result, "unreadable")) == (2, 1)

    def test_the_original_recipient_goes_before_where_it_was_forwarded_to(self, user: User) -> None:
        raw = dsn("elsewhere@example.net", tell(user, DAY0), "5.1.1").replace(
            b"Final-Recipient:",
            f"Original-Recipient: rfc822;{user.email}\nFinal-Recipient:".encode(),
        )
        assert count(run(raw), "stopped") == 1

    def test_a_file_is_read_too(self, user: User, tmp_path: Path) -> None:
        path = tmp_path / "bounces"
        path.write_bytes(dsn(user.email, tell(user, DAY0), "5.1.1"))
        result = CliRunner().invoke(mail_command, ["bounces", str(path)])
        assert count(result, "stopped") == 1


@pytest.mark.django_db
class TestForged:
    def test_one_that_returns_no_letter_of_ours_counts_nothing(self, user: User) -> None:
        other = make_person()
        theirs, name = tell(other, DAY0), tell(user, DAY0)
        for guess in ("<n.0123456789abcdef@example.org>", "<>", theirs, name.replace("n.", "m.")):
            result = run(dsn(user.email, guess, "5.1.1"))
            assert count(result, "stopped") == 0
        assert not ReturnedAddress.objects.exists()

    def test_a_letter_of_before_the_address_changed_proves_nothing_of_the_new_one(
        self, user: User
    ) -> None:
        name = tell(user, DAY0)
        User.objects.filter(pk=user.pk).update(email="new@example.org")
        result = run(dsn("new@example.org", name, "5.1.1"))
        assert count(result, "ours") == 1

    def test_unknown_people_are_counted_and_forgotten(self, user: User) -> None:
        result = run(dsn("nobody@example.net", tell(user, DAY0), "5.1.1"))
        assert count(result, "unknown") == 1
        assert not ReturnedAddress.objects.exists()

    def test_what_is_no_failure_is_none(self, user: User) -> None:
        result = run(dsn(user.email, tell(user, DAY0), "2.0.0", "delivered"))
        assert count(result, "failure") == 1
        assert not ReturnedAddress.objects.exists()


def odd() -> list[bytes]:
    whole = dsn("a@example.org", "<n.1@example.org>")
    return [
        b"",
        b"\x00\xff\xfe",
        whole.replace(b"multipart/report", b"multipart/mixed"),
        whole.replace(b"message/delivery-status", b"text/plain"),
        whole.replace(b"Status: 5.2.1", b"Status: five"),
        whole.replace(b"Status: 5.2.1", b"Status: 9.9.9"),
        whole.replace(b"rfc822; a@example.org", b"rfc822; a b@c <d>"),
        whole.replace(b"rfc822; a@example.org", b"x400; a@example.org"),
        whole.replace(b"rfc822; a@example.org", b"rfc822; " + b"a" * 300 + b"@example.org"),
        whole.replace(b"Message-ID:", b"X:"),
        whole.replace(b'boundary="b"', b"boundary="),
        whole.replace(b"--b--", b""),
    ]


@pytest.mark.parametrize("number", range(len(odd())))
def test_odd_ones_are_read_as_nothing_or_as_they_are(number: int) -> None:
    found = read_dsn(odd()[number])
    assert found is None or found.lines[0].address == "a@example.org"
    assert (found is None) is (number != len(odd()) - 1)


@given(st.binary(max_size=400), st.integers(0, 700))
def test_noise_never_breaks_the_reader(noise: bytes, at: int) -> None:
    whole = dsn("a@example.org", "<n.1@example.org>")
    read_dsn(noise)
    read_dsn(whole[:at] + noise + whole[at:])


def test_what_is_too_large_is_not_kept() -> None:
    big = b"From x\n" + b"y" * 100 + b"\n" + b"z\n" * LARGEST + b"\nFrom x\nSubject: small\n\n"
    assert list(messages_in(BytesIO(big))) == [None, b"Subject: small\n\n"]
    assert list(messages_in(BytesIO(b"y" * (3 * LARGEST)))) == [None]


def test_many_recipients_of_one_report_are_bounded() -> None:
    row = b"Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n\n"
    raw = dsn("a@example.org", "<n.1@example.org>").replace(row, row * 500)
    found = read_dsn(raw.replace(b"Diagnostic-Code: smtp; 550 no\n\n", b"\n" + row * 500))
    assert found is not None
    assert len(found.lines) <= 100


@pytest.mark.django_db
class TestProving:
    def test_who_reads_the_letter_gets_letters_again(self, user: User) -> None:
        who = f"person:{user.pk}"
        run(dsn(user.email, tell(user, DAY0), "5.1.1"))
        ask = {"recipient": who, "address": user.email, "language": "en"}
        actions.ask_for_proof(**ask, by=SYSTEM, at=DAY0 + DAY)
        actions.ask_for_proof(**ask, by=SYSTEM, at=DAY0 + DAY)  # once a day
        assert actions.send_due(by=SYSTEM, at=DAY0 + DAY) == 1
        (link,) = [word for word in str(mail.outbox[-1].body).split() if "/prove/" in word]
        assert not Notice.objects.filter(kind="notify.prove").exists()  # it leaves nothing behind
        token = link.rstrip("/").rpartition("/")[2]
        with pytest.raises(Refusal, match="proof_unknown"):
            actions.prove_address(token=token, recipient="person:9999", by=SYSTEM, at=DAY0)
        with pytest.raises(Refusal, match="proof_unknown"):
            actions.prove_address(token=token + "x", recipient=who, by=SYSTEM, at=DAY0)
        actions.prove_address(token=token, recipient=who, by=SYSTEM, at=DAY0 + DAY)
        assert not queries.returns_mail(user.email)
        with pytest.raises(Refusal, match="address_not_returned"):
            actions.ask_for_proof(**ask, by=SYSTEM, at=DAY0 + DAY)

    def test_an_old_link_proves_nothing(self, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        token = prove_token(f"person:{user.pk}", user.email)
        monkeypatch.setattr("minben.notify.proving.SECONDS", -1)
        with pytest.raises(Refusal, match="proof_unknown"):
            actions.prove_address(token=token, recipient=f"person:{user.pk}", by=SYSTEM, at=DAY0)

    def test_it_is_theirs_to_see_and_goes_with_them(self, user: User) -> None:
        run(dsn(user.email, tell(user, DAY0), "5.1.1"))
        who = f"person:{user.pk}"
        (held,) = personal.held_about(who)["letters_returned"]
        assert held["status"] == "5.1.1"
        assert "@" not in str(ReturnedAddress.objects.get())
        actions.forget_person(recipient=who, addresses=[user.email], by=SYSTEM, at=DAY0)
        assert not ReturnedAddress.objects.exists()
