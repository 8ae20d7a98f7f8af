"""News of a question wall as a stream (server-sent events), on threads that are few.

Every stream takes a thread of the server for as long as it is open, so each process keeps only a
quarter of its threads for them, eight at most; whoever comes later is told to ask now and then.
A stream waits without a database connection: about once a second one of them takes a place
(`base.lending`), reads for all streams of that wall in the process, and leaves it at once.
"""

import json
import threading
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Final

from django.conf import settings

from minben.base.lending import places
from minben.proceedings.queries import questions
from minben.proceedings.rules.questions import ASKED_EVERY, BEAT, STREAM_FOR, streams_allowed

RETRY: Final = b"retry: 1000\n\n"
GRACE: Final = 60.0  # seconds after which a place is free again whatever became of its stream


class Seats:
    """How many streams are open in this process, each with the time its seat is free at last."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._taken: dict[object, float] = {}

    def take(self) -> object | None:
        """A seat, or None if all are taken."""
        now = monotonic()
        with self._lock:
            for key in [key for key, until in self._taken.items() if until < now]:
                del self._taken[key]
            if len(self._taken) >= self.most:
                return None
            key = object()
            self._taken[key] = now + STREAM_FOR.total_seconds() + GRACE
            return key

    def leave(self, key: object) -> None:
        """Give a seat back; twice is once."""
        with self._lock:
            self._taken.pop(key, None)

    def __len__(self) -> int:
        return len(self._taken)


class Walls:
    """What was last read of each wall, at most once in `ASKED_EVERY` seconds for the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[int, tuple[float, str]] = {}

    def look(self, meeting_id: int) -> str:
        """The wall as JSON, a second old at most. One reads while the others wait for it."""
        with self._lock:
            now = monotonic()
            read, told = self._known.get(meeting_id, (-ASKED_EVERY, ""))
            if now - read >= ASKED_EVERY or not told:
                with places().taken():
                    told = body_of(meeting_id)
                self._known = {
                    key: row for key, row in self._known.items() if now - row[0] < GRACE
                } | {meeting_id: (monotonic(), told)}
            return told


def body_of(meeting_id: int) -> str:
    """What stands on a wall, as JSON on one line. One query."""
    return json.dumps({"questions": questions.standing(meeting_id)}, separators=(",", ":"))


seats = Seats(streams_allowed(settings.THREADS))
walls = Walls()


class Stream:
    """The news of one wall to one reader: an iterator of bytes that gives its seat back when closed."""

    def __init__(
        self,
        seat: object,
        look: Callable[[], str],
        is_over: Callable[[], bool],
        *,
        every: float = ASKED_EVERY,
        lasts: float = STREAM_FOR.total_seconds(),
    ) -> None:
        self._seat, self._look, self._is_over = seat, look, is_over
        self._every, self._until = every, monotonic() + lasts
        self._parts = self._news()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:
            self.close()
            raise

    def _news(self) -> Iterator[bytes]:
        yield RETRY
        known, said = "", monotonic()
        while monotonic() < self._until:
            if self._is_over():
                yield b"event: closed\ndata: {}\n\n"
                return
            told = self._look()
            if told != known:
                yield f"event: wall\ndata: {told}\n\n".encode()
                known, said = told, monotonic()
            elif monotonic() - said >= BEAT:
                yield b": still here\n\n"  # a write that fails is how a lost reader is found
                said = monotonic()
            sleep(self._every)

    def close(self) -> None:
        """Give the seat back; the server calls it when the reader is gone."""
        seats.leave(self._seat)
