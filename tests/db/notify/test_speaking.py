"""The conversation with a mail server: what is said, in which order, and what a no leaves behind."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from minben.notify.speaking import AwayError, InDoubtError, RefusedError, Smtp, _lines_of, speaker


def letter(body: str = "hello", to: str = "a@example.org", name: str = "n.1@x") -> EmailMessage:
    headers = {"Message-ID": f"<{name}>"}
    return EmailMessage("s", body, "Minben <m@例.tw>", [to], headers=headers)


@pytest.fixture
def sink(tmp_path: Path, settings: Any, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A mail server of its own process; parametrized by how many percent it refuses."""
    command = [sys.executable, "-m", "tests.measures.sink", "--log", str(tmp_path / "log")]
    command += ["--orders", str(tmp_path), "--refuse", str(getattr(request, "param", 0))]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert server.stdout is not None
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(server.stdout.readline())
    yield tmp_path
    server.kill()
    server.wait()


def taken(sink: Path) -> int:
    return (sink / "log").read_text().count("queue active")


def test_many_letters_go_over_one_connection_each_handed_over_before_it_is_taken(
    sink: Path,
) -> None:
    speaks, seen = Smtp(), []
    for n in range(3):
        speaks.send(letter(name=f"n.{n}@x"), lambda: seen.append(taken(sink)))
    speaks.hang_up()
    log = (sink / "log").read_text()
    assert (seen, taken(sink), log.count("connect from")) == ([0, 1, 2], 3, 1)


def test_after_a_hundred_a_new_connection(sink: Path) -> None:
    speaks = Smtp()
    for _ in range(101):
        speaks.send(letter(), lambda: None)
    assert (taken(sink), (sink / "log").read_text().count("connect from")) == (101, 2)


def test_who_cannot_write_it_down_sends_no_end(sink: Path) -> None:
    def fails() -> None:
        raise RuntimeError("the database is away")

    speaks = Smtp()
    with pytest.raises(RuntimeError):
        speaks.send(letter(), fails)
    speaks.send(letter(name="n.2@x"), lambda: None)
    assert taken(sink) == 1
    assert "n.1@x" not in (sink / "log").read_text()


@pytest.mark.parametrize("sink", [100], indirect=True)
def test_a_no_leaves_the_connection_usable(sink: Path) -> None:
    speaks = Smtp()
    for _ in range(2):
        with pytest.raises(RefusedError, match="451 try again later"):
            speaks.send(letter(), lambda: None)
    assert (sink / "log").read_text().count("connect from") == 1


def test_no_answer_after_the_end_is_a_doubt(sink: Path) -> None:
    (sink / "deaf").touch()
    with pytest.raises(InDoubtError):
        Smtp().send(letter(), lambda: None)


def test_a_server_that_is_away_is_asked_once(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    speaks = Smtp()
    with pytest.raises(AwayError, match="ConnectionRefusedError"):
        speaks.send(letter(), lambda: None)
    monkeypatch.setattr("minben.notify.speaking._connect", lambda: pytest.fail("asked again"))
    with pytest.raises(AwayError):
        speaks.send(letter(), lambda: None)


def test_a_line_with_a_dot_does_not_end_the_letter() -> None:
    said = _lines_of(letter("one\n.\n..two\nthree"))
    assert b"\r\n..\r\n...two\r\nthree\r\n" in said
    assert b"\r\n.\r\n" not in said
    assert said.replace(b"\r\n", b"").count(b"\n") == 0


def test_only_smtp_is_spoken_with() -> None:
    assert not isinstance(speaker(), Smtp)  # the mailbox of a test
