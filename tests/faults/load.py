"""The load, and the oracle that remembers what every person was told.

Each person endorses over HTTP with a session cookie and a CSRF token, as a browser would.
"""

import http.client
import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TOKEN = "f" * 32
PATIENCE = 40.0  # seconds; longer than the platform's own


class Outcome(StrEnum):
    """What a person knows after asking to endorse."""

    ACKNOWLEDGED = "acknowledged"  # led on to the confirmation
    ALREADY = "already"  # told that their endorsement is there
    UNAVAILABLE = "unavailable"  # told that the service is away: it may or may not be there
    UNKNOWN = "unknown"  # the connection died before there was an answer
    UNEXPECTED = "unexpected"  # anything else; every test demands that there is none


CERTAIN = {Outcome.ACKNOWLEDGED, Outcome.ALREADY}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, or the lack of one.

    Args:
        sent: when it was asked, in seconds of the monotonic clock; `heard` when it was known.
        status: of HTTP, 0 without an answer; `retry_after` as the server said it.
    """

    person: int
    outcome: Outcome
    sent: float
    heard: float
    status: int = 0
    retry_after: str = ""
    detail: str = ""


class Oracle:
    """Everything everybody was told, in the order it was heard."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self._lock = threading.Lock()

    def hear(self, told: Told) -> None:
        """Remember one answer."""
        with self._lock:
            self.told.append(told)

    def people(self, outcomes: Iterable[Outcome]) -> set[int]:
        """Who was ever told one of these."""
        wanted = set(outcomes)
        return {one.person for one in list(self.told) if one.outcome in wanted}

    @property
    def certain(self) -> set[int]:
        """Whose endorsement must be there: they were told so."""
        return self.people(CERTAIN)

    @property
    def possible(self) -> set[int]:
        """Whose endorsement may be there: everybody who asked."""
        return {one.person for one in list(self.told)}

    def tally(self) -> Counter[str]:
        """How many answers of each kind."""
        return Counter(str(one.outcome) for one in list(self.told))

    def acknowledged_after(self, instant: float) -> list[Told]:
        """Acknowledgements of what was asked after `instant`, in the order they were heard."""
        return [
            one
            for one in list(self.told)
            if one.outcome is Outcome.ACKNOWLEDGED and one.sent > instant
        ]

    def first_after(self, instant: float) -> float | None:
        """Seconds from `instant` to the first acknowledgement of something asked after it."""
        return next((one.heard - instant for one in self.acknowledged_after(instant)), None)

    def last_failure_after(self, instant: float) -> float:
        """Seconds from `instant` to the last answer that was not certain; 0 without any."""
        failed = [
            one.heard - instant
            for one in list(self.told)
            if one.outcome not in CERTAIN and one.heard > instant
        ]
        return max(failed, default=0.0)

    def longest_silence(self, since: float) -> float:
        """The longest time nobody got an acknowledgement, from `since` on, in seconds."""
        heard = [since, *(one.heard for one in list(self.told) if one.outcome in CERTAIN)]
        after = sorted(one for one in heard if one >= since)
        return max((b - a for a, b in itertools.pairwise(after)), default=0.0)


class Load:
    """People endorsing from several threads, at a pace the machine keeps up with.

    Who was left in doubt asks again later (every second person), as people do: that must not
    count them twice. The others stay in doubt, as people do as well.
    """

    def __init__(
        self,
        port: int,
        number: str,
        people: Iterable[tuple[int, str]],
        *,
        threads: int = 6,
        pause: float = 0.01,
    ) -> None:
        self.oracle = Oracle()
        self.port, self.pause = port, pause
        self.path = f"/proposals/{number}/endorse/"
        self._waiting = deque(people)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(threads)]

    def start(self) -> None:
        """Begin to ask."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask nothing new; wait for the last answers."""
        self._stop.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(PATIENCE + 5)

    def wait_for(self, acknowledged: int, *, after: float = 0.0, within: float = 30.0) -> None:
        """Wait for so many acknowledgements asked after `after`. Raises TimeoutError."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if len(self.oracle.acknowledged_after(after)) >= acknowledged:
                return
            time.sleep(0.05)
        raise TimeoutError(
            f"{acknowledged} acknowledgements did not come within {within} s: "
            f"{dict(self.oracle.tally())}, last {self.oracle.told[-3:]}"
        )

    def _ask(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not self._stop.is_set():
            try:
                person, session = self._waiting.popleft()
            except IndexError:
                return
            told = self._endorse(connection, person, session)
            self.oracle.hear(told)
            if told.outcome in CERTAIN:
                self._stop.wait(self.pause)
                continue
            if person % 2:
                self._waiting.append((person, session))
            self._stop.wait(max(self.pause, 0.1))

    def _endorse(self, connection: http.client.HTTPConnection, person: int, session: str) -> Told:
        body = f"csrfmiddlewaretoken={TOKEN}&reason="
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }
        sent = time.monotonic()
        try:
            connection.request("POST", self.path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            name = type(error).__name__
            return Told(person, Outcome.UNKNOWN, sent, time.monotonic(), detail=name)
        place = answer.getheader("Location", "")
        outcome = outcome_of(answer.status, place, text)
        return Told(
            person,
            outcome,
            sent,
            time.monotonic(),
            answer.status,
            answer.getheader("Retry-After", ""),
            place if answer.status == 302 else _title(text),
        )


def outcome_of(status: int, place: str, text: bytes) -> Outcome:
    """What an answer means for the person who asked."""
    if status == 302 and place.endswith("/endorsed/"):
        return Outcome.ACKNOWLEDGED
    if status == 409 and "附議過" in text.decode(errors="replace"):
        return Outcome.ALREADY
    if status == 503:
        return Outcome.UNAVAILABLE
    return Outcome.UNEXPECTED


def _title(text: bytes) -> str:
    told = text.decode(errors="replace")
    return told.partition("<title>")[2].partition("</title>")[0].strip()[:80]
