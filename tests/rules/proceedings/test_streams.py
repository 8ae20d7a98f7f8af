"""Seats of streams, and what a stream says: no database here."""

from typing import Any

import pytest

from minben.proceedings import streaming
from minben.proceedings.rules.questions import STREAM_FOR, STREAMS_MOST, streams_allowed


@pytest.mark.parametrize(
    ("threads", "most"), [(1, 0), (3, 0), (4, 1), (8, 2), (32, 8), (64, STREAMS_MOST)]
)
def test_a_quarter_of_the_threads_and_eight_at_most(threads: int, most: int) -> None:
    assert streams_allowed(threads) == most


def test_a_stopping_server_waits_half_a_minute_at_most() -> None:
    assert STREAM_FOR.total_seconds() <= 30


def test_a_seat_is_free_again_when_left_and_after_a_while(monkeypatch: Any) -> None:
    now = [100.0]
    monkeypatch.setattr(streaming, "monotonic", lambda: now[0])
    seats = streaming.Seats(2)
    first, second = seats.take(), seats.take()
    assert first
    assert second
    assert seats.take() is None
    seats.leave(first)
    seats.leave(first)
    assert len(seats) == 1
    assert seats.take()
    now[0] += STREAM_FOR.total_seconds() + streaming.GRACE + 1  # whatever became of their streams
    assert seats.take()
    assert len(seats) == 1


class Reader:
    """A stream whose clock goes on by a second with every sleep."""

    def __init__(self, monkeypatch: Any, told: list[str], **how: Any) -> None:
        self.now = 0.0
        self.told = told
        monkeypatch.setattr(streaming, "monotonic", lambda: self.now)
        monkeypatch.setattr(streaming, "sleep", self.wait)
        monkeypatch.setattr(streaming, "seats", streaming.Seats(1))
        seat = streaming.seats.take()
        self.stream = streaming.Stream(seat, self.look, lambda: False, **how)

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def look(self) -> str:
        return self.told.pop(0) if len(self.told) > 1 else self.told[0]


def test_only_news_are_sent_and_a_sign_of_life_in_between(monkeypatch: Any) -> None:
    reader = Reader(monkeypatch, ["a", "a", "b", "b"], lasts=40)
    parts = list(reader.stream)
    assert parts[0] == streaming.RETRY
    assert [part for part in parts if part.startswith(b"event")] == [
        b"event: wall\ndata: a\n\n",
        b"event: wall\ndata: b\n\n",
    ]
    assert parts.count(b": still here\n\n") == 2  # at 17 and 32 seconds
    assert reader.now == 40
    assert len(streaming.seats) == 0  # it left by itself


def test_a_reader_who_goes_away_leaves_the_seat(monkeypatch: Any) -> None:
    reader = Reader(monkeypatch, ["a"])
    next(reader.stream)
    assert len(streaming.seats) == 1
    reader.stream.close()
    assert len(streaming.seats) == 0


def test_a_wall_that_can_not_be_read_ends_the_stream(monkeypatch: Any) -> None:
    reader = Reader(monkeypatch, ["a"])
    reader.stream._look = lambda: 1 / 0  # type: ignore[assignment,return-value]
    reader.stream._parts = reader.stream._news()
    next(reader.stream)
    with pytest.raises(ZeroDivisionError):
        next(reader.stream)
    assert len(streaming.seats) == 0
