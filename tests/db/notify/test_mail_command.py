"""`minben mail`: what waits is told, doubts are settled by a log or by hand, and never by a guess."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail

from minben.config.commands.mailing import mail_command
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.notify import actions, queries
from minben.notify.models import Notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def run(*words: str) -> Result:
    return CliRunner().invoke(mail_command, words)


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def doubt(at: datetime) -> queries.Doubt:
    """One letter handed over an hour ago, by a worker that never came back."""
    actions.enqueue(
        "people.counter_confirmed",
        fact="counter:1",
        recipient="person:1",
        address="a@example.org",
        language="en",
        context={"counter": "x"},
        by=SYSTEM,
        at=at - HOUR,
    )
    Notice.objects.update(lease="dead", leased_until=at - HOUR / 2, handed_at=at - HOUR, attempts=1)
    return queries.doubts()[0]


def test_it_tells_what_is_in_doubt_and_by_which_name(doubt: queries.Doubt) -> None:
    said = run("status").output
    assert "待寄 waiting  0\n" in said
    assert "存疑 in doubt 1\n" in said
    assert f"{doubt.number} <{doubt.message_id}>" in said


def test_sending_leaves_a_doubt_alone(doubt: queries.Doubt) -> None:
    assert run("send").output == "已寄出 sent 0\n"
    assert not mail.outbox


def test_logs_are_read_in_their_order(doubt: queries.Doubt, at: datetime, tmp_path: Path) -> None:
    old, new = tmp_path / "mail.log.1", tmp_path / "mail.log"
    old.write_text(f"{(at - 2 * HOUR).isoformat()} mx postfix/smtpd[1]: connect from a\n")
    new.write_text(f"{at.isoformat()} mx postfix/smtpd[1]: connect from a\n")
    assert "仍存疑 still in doubt 1" in run("reconcile", "--log", str(new)).output
    said = run("reconcile", "--log", str(old), "--log", str(new)).output
    assert "已收下 taken 0 · 再寄 again 1" in said
    assert "sent 1" in run("send").output


@pytest.mark.parametrize(("option", "sent"), [("--taken", 0), ("--again", 1)])
def test_what_somebody_found_out_is_believed_once(
    doubt: queries.Doubt, option: str, sent: int
) -> None:
    assert "仍存疑 still in doubt 0" in run("reconcile", option, str(doubt.number)).output
    assert f"sent {sent}" in run("send").output
    again = run("reconcile", option, str(doubt.number)).exception
    assert isinstance(again, Refusal)
    assert again.code == "not_doubtful"


def test_with_nothing_to_go_by_it_does_nothing(doubt: queries.Doubt) -> None:
    assert run("reconcile").exit_code == 2
    assert queries.doubts() == [doubt]
