"""A whole log in memory, played without a database, and written as a bundle.

Counts and dates are kept here in the plainest way, or by hand, so that the verifier is compared
with something that was not computed by itself.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from minben.ledger.entries import commitment, entry, instant, who_tag
from minben.ledger.merkle import Frontier, leaf_hash, range_root, root_of
from minben.ledger.notes import Checkpoint, SigningKey, sign_note
from minben.ledger.tiles import ENTRIES, HEIGHT, WIDTH, Tile, pack, tiles_of

TAIPEI = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Taipei
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ORIGIN = "minben.example/ledger"
KEY = SigningKey(ORIGIN, 1, sha256(b"log").digest())
RECEIPTS = SigningKey(f"{ORIGIN}/receipts", 1, sha256(b"receipts").digest())
THRESHOLD = 5
RULES = {
    "check": {"unit": "working_day", "n": 3, "starts": "next_day", "roll": "none", "basis": "b"},
    "endorse": {"unit": "day", "n": 60, "starts": "next_day", "roll": "none", "basis": "b"},
    "response": {"unit": "month", "n": 2, "starts": "next_day", "roll": "none", "basis": "b"},
    "appeal_decision": {
        "unit": "working_day", "n": 10, "starts": "next_day", "roll": "none", "basis": "b",
    },
    "threshold": THRESHOLD,
}  # fmt: skip


def midnight(month: int, day: int) -> datetime:
    """The first instant of a day of 2026 in Taipei, in UTC."""
    return datetime(2026, month, day, tzinfo=TAIPEI).astimezone(UTC)


@dataclass
class Told:
    """What the platform would claim of one case."""

    number: str
    count: int = 0
    days: Counter[str] = field(default_factory=Counter)
    reached_at: datetime | None = None
    reached_index: int | None = None
    given: dict[int, str] = field(default_factory=dict)  # place → day
    opening: int = 0


@dataclass
class Book:
    """A log as it grows."""

    key: SigningKey = KEY
    entries: list[bytes] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cases: dict[int, Told] = field(default_factory=dict)
    deadlines: list[dict[str, object]] = field(default_factory=list)
    sandbox: bool = False

    # Acts.
    def add(self, kind: str, at: datetime, **more: object) -> int:
        """One entry; returns its place."""
        return self.put(entry(kind, at, **more))  # type: ignore[arg-type]

    def put(self, raw: bytes) -> int:
        self.entries.append(raw)
        return len(self.entries) - 1

    def rules(self, at: datetime = MONDAY) -> None:
        self.add(
            "casework.rule_set_added",
            at,
            subject="rule_set:test-2018",
            by="system",
            data={"code": "test-2018", "jurisdiction": "ey", "parameters": RULES},
        )

    def file(self, case: int, at: datetime) -> None:
        number = f"2026-{case:06d}"
        self.cases[case] = Told(number)
        data = {"number": number, "rule_set": "test-2018"}
        self.add("casework.filed", at, case_id=case, subject=f"case:{case}", data=data)
        self.add("proposals.filed", at, case_id=case, subject=f"proposal:{case}", data=data)

    def open(self, case: int, count: int, at: datetime, **more: object) -> int:
        """State that so many were counted before the log began."""
        told = self.cases.setdefault(case, Told(f"2025-{case:06d}"))
        told.count += count - told.opening
        told.opening = count
        data = {"number": told.number, "threshold": THRESHOLD, "count": count} | more
        return self.add(
            "proposals.opening_balance", at, case_id=case, subject=f"proposal:{case}", data=data
        )

    def start(self, case: int, kind: str, at: datetime, starts: datetime, due: datetime) -> None:
        self.deadlines.append(
            {
                "case": case, "kind": kind, "starts_at": instant(starts), "due_at": instant(due),
                "outcome": "open", "outcome_at": None, "missed_at": None,
            }
        )  # fmt: skip
        self.add(
            "casework.deadline_started",
            at,
            case_id=case,
            subject=f"deadline:{case}-{kind}-{len(self.deadlines)}",
            data={"kind": kind, "starts_at": starts.isoformat(), "due_at": due.isoformat()},
        )
        self.deadlines[-1]["_subject"] = f"deadline:{case}-{kind}-{len(self.deadlines)}"

    def _running(self, case: int, kind: str) -> dict[str, object]:
        return next(
            one
            for one in self.deadlines
            if (one["case"], one["kind"], one["outcome"]) == (case, kind, "open")
        )

    def miss(self, case: int, kind: str) -> None:
        one = self._running(case, kind)
        due = datetime.fromisoformat(str(one["due_at"]))
        one["missed_at"] = one["due_at"]
        self.add(
            "casework.deadline_missed",
            due,
            case_id=case,
            subject=str(one["_subject"]),
            data={"kind": kind, "due_at": due.isoformat()},
        )

    def end(self, case: int, kind: str, outcome: str, at: datetime) -> None:
        one = self._running(case, kind)
        one["outcome"], one["outcome_at"] = outcome, instant(at)
        self.add(
            "casework.deadline_ended",
            at,
            case_id=case,
            subject=f"case:{case}",
            data={"kind": kind, "outcome": outcome},
        )

    def accept(self, case: int, at: datetime, opens: datetime, closes: datetime) -> None:
        self.end(case, "check", "met", at)
        self.start(case, "endorse_close", at, opens, closes)
        self.add("proposals.accepted", at, case_id=case, subject=f"proposal:{case}")

    def endorsed(self, case: int, person: int, at: datetime) -> bytes:
        """The entry of an endorsement."""
        salt = sha256(f"{case}/{person}".encode()).digest()
        return entry(
            "proposals.endorsed",
            at,
            case_id=case,
            commit=commitment(salt, {"person": person}),
            who=who_tag(f"person {person}".encode(), case),
        )

    def endorse(self, case: int, person: int, at: datetime, due: datetime | None = None) -> int:
        """Count an endorsement; with the one that crosses, the response falls due at `due`."""
        told, index = self.cases[case], self.put(self.endorsed(case, person, at))
        day = at.astimezone(TAIPEI).date().isoformat()
        told.count += 1
        told.days[day] += 1
        told.given[index] = day
        if due and told.reached_at is None and told.count == THRESHOLD:
            self.reach(case, index, at, due)
        return index

    def reach(self, case: int, index: int, at: datetime, due: datetime) -> None:
        told = self.cases[case]
        told.reached_at, told.reached_index = at, index
        tomorrow = at.astimezone(TAIPEI).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        self.start(case, "response", at, tomorrow.astimezone(UTC), due)
        data = {"number": THRESHOLD, "due_at": due.isoformat()}
        self.add("proposals.reached", at, case_id=case, subject=f"proposal:{case}", data=data)

    def strike(self, case: int, places: list[int], at: datetime, kind: str = "invalidated") -> int:
        """Invalidate, or with ``restored`` give back; returns the entry's place."""
        told, sign = self.cases[case], 1 if kind == "restored" else -1
        told.count += sign * len(places)
        for place in places:
            told.days[told.given[place]] += sign
        data = {"campaign": 1, "count": len(places), "leaves": places}
        return self.add(f"proposals.{kind}", at, case_id=case, subject="campaign:1", data=data)

    # The tree.
    def hashes(self) -> list[bytes]:
        return [leaf_hash(raw) for raw in self.entries]

    def root(self, size: int | None = None) -> bytes:
        return root_of(self.hashes()[:size])

    def subtree(self, level: int, index: int) -> bytes:
        return root_of(self.hashes()[index << level : (index + 1) << level])

    def sign(self, at: datetime, size: int | None = None) -> str:
        """A checkpoint of the present log, kept in the list."""
        size = len(self.entries) if size is None else size
        more = (f"at {instant(at)}", *(["sandbox"] if self.sandbox else []))
        note = sign_note(Checkpoint(self.key.name, size, self.root(size), more).text, self.key)
        self.notes.append(note)
        return note

    # The bundle.
    def claims(self) -> dict[str, object]:
        cases = {
            str(case): {
                "number": told.number,
                "threshold": THRESHOLD,
                "count": told.count,
                "days": {day: n for day, n in told.days.items() if n},
                "reached_at": instant(told.reached_at) if told.reached_at else None,
                "reached_index": told.reached_index,
            }
            for case, told in self.cases.items()
        }
        deadlines = [
            {name: value for name, value in one.items() if name[0] != "_"} for one in self.deadlines
        ]
        size = len(self.entries)
        return {"cases": cases, "deadlines": deadlines, "size": size, "at": instant(MONDAY)}

    def write(self, folder: Path) -> Path:
        """The log as a bundle in `folder`."""
        files: dict[str, bytes] = {
            "checkpoint": self.notes[-1].encode(),
            "checkpoints.jsonl": "".join(
                json.dumps({"note": note}, ensure_ascii=False) + "\n" for note in self.notes
            ).encode(),
            "log.vkey": f"{self.key.public}\n".encode(),
            "receipt.vkey": f"{RECEIPTS.public}\n".encode(),
            "claims.json": json.dumps(self.claims(), ensure_ascii=False).encode(),
        }
        hashes = self.hashes()
        for tile in tiles_of(Checkpoint.parse(self.notes[-1].split("\n\n")[0] + "\n").size):
            files[tile.path] = self.tile(tile, hashes)
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        return folder

    def tile(self, tile: Tile, hashes: list[bytes]) -> bytes:
        places = range(tile.number * WIDTH, tile.number * WIDTH + tile.width)
        if tile.level == ENTRIES:
            return pack(self.entries[place] for place in places)
        wide = tile.level * HEIGHT

        def subtree(level: int, index: int) -> bytes:
            return root_of(hashes[index << level : (index + 1) << level])

        return b"".join(range_root(p << wide, (p + 1) << wide, subtree) for p in places)


def frontier_of(hashes: list[bytes]) -> Frontier:
    found = Frontier()
    for one in hashes:
        found.append(one)
    return found


def story(crowd: int = 600) -> Book:
    """An honest log: one case that reaches and is answered late, one that falls and lapses.

    A checkpoint is signed after every step. All dates are reckoned by hand.
    """
    book = Book()
    book.rules(MONDAY)
    book.file(1, MONDAY)
    # Three working days after Monday the 2nd: until the end of Thursday the 5th.
    book.start(1, "check", MONDAY, midnight(3, 3), midnight(3, 6))
    book.sign(MONDAY + MINUTE)
    book.file(2, MONDAY + HOUR)
    book.start(2, "check", MONDAY + HOUR, midnight(3, 3), midnight(3, 6))
    book.sign(MONDAY + HOUR + MINUTE)
    # Accepted on the 3rd: sixty days from the 4th, the last of them the 2nd of May.
    book.accept(1, MONDAY + DAY, midnight(3, 4), midnight(5, 3))
    book.sign(MONDAY + DAY + MINUTE)
    for person in range(crowd):
        # 120 a day from the 4th on; the fifth reaches: two months from the 5th of March.
        at = MONDAY + 2 * DAY + (person // 120) * DAY + (person % 120) * MINUTE
        book.endorse(1, person, at, due=midnight(5, 5))
        if person % 50 == 49:
            book.sign(at + MINUTE)
    # The check of the second is done on the 9th, after it was due.
    book.miss(2, "check")
    book.sign(midnight(3, 6) + 4 * DAY)
    book.accept(2, MONDAY + 8 * DAY, midnight(3, 11), midnight(5, 10))
    book.sign(MONDAY + 8 * DAY + MINUTE)
    # Four endorse it; two of them are struck out, one is given back.
    given = [book.endorse(2, 9000 + n, MONDAY + 9 * DAY + n * HOUR) for n in range(4)]
    book.sign(MONDAY + 10 * DAY)
    book.strike(2, given[1:3], MONDAY + 10 * DAY + HOUR)
    book.strike(2, given[2:3], MONDAY + 10 * DAY + 2 * HOUR, kind="restored")
    book.sign(MONDAY + 10 * DAY + 3 * HOUR)
    book.end(1, "endorse_close", "met", midnight(5, 3))
    book.add("proposals.window_closed", midnight(5, 3), case_id=1, data={"endorsed": crowd})
    book.sign(midnight(5, 3) + MINUTE)
    book.miss(1, "response")
    book.sign(midnight(5, 5) + MINUTE)
    book.end(1, "response", "met", midnight(5, 6))
    book.sign(midnight(5, 6) + MINUTE)
    book.end(2, "endorse_close", "lapsed", midnight(5, 10))
    book.add("proposals.lapsed", midnight(5, 10), case_id=2, data={"endorsed": 3})
    book.sign(midnight(5, 10) + MINUTE)
    return book
