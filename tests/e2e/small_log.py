"""A ledger of its own in a folder, as a bundle is: made from the pure parts, without the platform."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from minben.kernel.periods import local_day
from minben.ledger import merkle, onefile, receipts
from minben.ledger.entries import commitment, entry, instant
from minben.ledger.notes import Checkpoint, SigningKey, sign_note
from minben.ledger.tiles import ENTRIES, WIDTH, Tile, pack, tiles_of

T0 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
KEY = SigningKey("small.example/ledger", 1, b"k" * 32)
RECEIPTS = SigningKey("small.example/ledger/receipts", 1, b"r" * 32)
CASE, NUMBER, THRESHOLD = 7, "2026-000007", 5
SALT = b"s" * 32


@dataclass
class SmallLog:
    """Entries in order; `write` makes the folder."""

    entries: list[bytes] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    own: tuple[int, dict[str, str]] = (0, {})

    def add(self, kind: str, minutes: int, **told: Any) -> int:
        """One more entry, so many minutes after the beginning; returns its place."""
        self.entries.append(entry(kind, T0 + timedelta(minutes=minutes), **told))
        return len(self.entries) - 1

    def receipt(self, *, promised_only: bool = False) -> receipts.Receipt:
        """The receipt of the endorsement that is `own`."""
        index, sealed = self.own
        raw = self.entries[index]
        hashes = [merkle.leaf_hash(one) for one in self.entries]
        path = merkle.inclusion_proof(index, len(hashes), _subtree(hashes))
        place = receipts.Place(index, self.checkpoint(), tuple(path))
        at = datetime.fromisoformat(json.loads(raw)["at"])
        return receipts.Receipt(
            KEY.name,
            KEY.public,
            RECEIPTS.public,
            raw,
            receipts.promise(KEY.name, raw, at, RECEIPTS),
            None if promised_only else place,
            SALT,
            sealed,
        )

    def checkpoint(self) -> str:
        """The signed note of its state."""
        root = merkle.root_of(merkle.leaf_hash(one) for one in self.entries)
        at = instant(T0 + timedelta(days=60))
        body = Checkpoint(KEY.name, len(self.entries), root, (f"at {at}", "sandbox"))
        return sign_note(body.text, KEY)

    def write(self, folder: Path) -> Path:
        """The folder, with the page that verifies it."""
        hashes = [merkle.leaf_hash(one) for one in self.entries]
        for tile in tiles_of(len(self.entries)):
            path = folder / tile.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._tile(tile, hashes))
        files = {
            "checkpoint": self.checkpoint(),
            "log.vkey": f"{KEY.public}\n",
            "receipt.vkey": f"{RECEIPTS.public}\n",
            "claims.json": json.dumps(self.claims),
            "cases.json": json.dumps(
                {"cases": {str(CASE): {"number": NUMBER, "ranges": [[0, len(self.entries)]]}}}
            ),
            "schema.json": (resources.files("minben.ledger") / "schema.json").read_text(
                encoding="utf-8"
            ),
            "verify.html": onefile.page(),
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def _tile(self, tile: Tile, hashes: list[bytes]) -> bytes:
        start = tile.number * WIDTH
        if tile.level == ENTRIES:
            return pack(self.entries[start : start + tile.width])
        subtree = _subtree(hashes)
        rows = range(start, start + tile.width)
        return b"".join(subtree(tile.level * 8, row) for row in rows)


def _subtree(hashes: list[bytes]) -> merkle.Subtree:
    return lambda level, index: merkle.root_of(hashes[index << level : (index + 1) << level])


def small_log(others: int = 600, *, due_days: int = 90) -> SmallLog:
    """A proposal that reached with its fifth endorsement, among entries of others; one struck out."""
    log = SmallLog()
    told: dict[str, Any] = {"case_id": CASE}
    log.add("casework.filed", 0, **told, data={"number": NUMBER, "rule_set": "x"})
    due = {"starts_at": instant(T0), "due_at": instant(T0 + timedelta(days=due_days)), "basis": "x"}
    log.add(
        "casework.deadline_started",
        1,
        **told,
        subject="deadline:1",
        data={"kind": "response", **due},
    )
    places: list[int] = []
    days: dict[str, int] = {}
    totals: dict[str, int] = {}
    for n in range(6):
        for other in range(others // 6):
            log.add("proposals.accepted", n, case_id=1000 + other)
        sealed = {"nickname": f"市民{n}", "reason": '支持\n"好"'}
        who = sha256(str(n).encode()).hexdigest()[:32]
        minutes = 10 + n * 1000
        places.append(
            log.add("proposals.endorsed", minutes, **told, commit=commitment(SALT, sealed), who=who)
        )
        day = local_day(T0 + timedelta(minutes=minutes)).isoformat()
        days[day] = days.get(day, 0) + 1
        totals[day] = n + 1
        log.own = (places[-1], sealed)
        if n == 4:
            log.add("proposals.reached", minutes, **told, data={"number": 5})
    struck_day = local_day(T0 + timedelta(minutes=10)).isoformat()
    days[struck_day] -= 1
    totals[local_day(T0 + timedelta(minutes=9000)).isoformat()] = 5
    log.add("proposals.invalidated", 9000, **told, data={"leaves": [places[0]]})
    log.claims = {
        "size": len(log.entries),
        "at": instant(T0 + timedelta(days=60)),
        "cases": {
            str(CASE): {
                "number": NUMBER,
                "threshold": THRESHOLD,
                "count": 5,
                "days": {day: n for day, n in days.items() if n},
                "reached_at": instant(T0 + timedelta(minutes=4010)),
                "reached_index": places[4],
                "totals": totals,
            }
        },
        "deadlines": [
            {"case": CASE, "kind": "response", "outcome": "open", **due}
            | {"outcome_at": None, "missed_at": None}
        ],
    }
    return log
