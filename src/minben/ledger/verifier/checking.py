"""The whole check (驗證), from the first file read to the last comparison."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from minben.ledger.notes import NoteFault, PublicKey, cosigned_at
from minben.ledger.receipts import Keys, Receipt, Standing, check
from minben.ledger.verifier import comparing, dating, memory, stamps
from minben.ledger.verifier.checkpoints import Mark, listed, newest, read_keys
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import read_entry
from minben.ledger.verifier.recounting import Recount
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import Source
from minben.ledger.verifier.walking import AtSize, Walk


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beside the check itself.

    Args:
        keys: the log's keys as known from elsewhere; without them those remembered, or those
            the source shows.
        witnesses: whose cosignatures the newest checkpoint must carry.
        since: file that remembers the last checkpoint seen.
        receipts: acts that must stand in the log, if they are due.
        authority: file with the certificates of the time-stamping authority.
        fresh: so old may the newest checkpoint be at most.
        now: the present instant.
    """

    now: datetime
    keys: Sequence[PublicKey] = ()
    witnesses: Sequence[PublicKey] = ()
    since: Path | None = None
    receipts: Sequence[Receipt] = ()
    authority: Path | None = None
    fresh: timedelta | None = None
    progress: Callable[[int, int], None] = field(default=lambda done, total: None)


def verify(source: Source, wishes: Wishes) -> Report:
    """Check a log from end to end.

    Raises:
        Difference: the first thing that is not as it must be.
        SourceAway: the source cannot be read.
    """
    check_ = _Check(source, wishes)
    report = check_.run()
    if wishes.since is not None:
        memory.remember(wishes.since, check_.keys, check_.last)
    return report


def check_fresh(last: Mark, wishes: Wishes) -> None:
    """Refuse a log whose newest checkpoint is older than was wished. Raises Difference."""
    if wishes.fresh is not None and last.at < wishes.now - wishes.fresh:
        raise Difference("stale", str(last), expected=f"≤ {wishes.fresh}")


class _Check:
    def __init__(self, source: Source, wishes: Wishes) -> None:
        self.source, self.wishes = source, wishes
        self.seen = memory.recall(wishes.since) if wishes.since else None
        self.authority = stamps.Authority(wishes.authority) if wishes.authority else None
        self.keys, self.pinned = self._keys()
        # Claims first: what was claimed a moment ago, a newer checkpoint covers.
        self.claims = comparing.read_claims(source)
        self.last = newest(source, self.keys)
        self.recount = Recount(self.claims.thresholds)
        self.sandbox, self.elsewhere = False, 0
        self.stamped: dict[int, list[Mark]] = defaultdict(list)
        self.sizes = set(stamps.stamped_sizes(source)) if self.authority else set()
        self.wanted = {receipt.leaf: receipt for receipt in wishes.receipts}
        self.found: dict[bytes, int] = {}

    def _keys(self) -> tuple[Sequence[PublicKey], str]:
        """The keys to trust, and where they come from."""
        if self.wishes.keys:
            return self.wishes.keys, "given"
        shown = read_keys(self.source)
        if self.seen:
            memory.check_keys(self.seen.keys, shown)
            return self.seen.keys, "remembered"
        return shown, "shown"

    def run(self) -> Report:
        self._check_last()
        stops: dict[int, list[AtSize]] = defaultdict(list)
        stops[self.claims.size].append(self._compare)
        if self.seen:
            stops[self.seen.mark.body.size].append(self.seen.check_root)
        walk = Walk(self.source, self._marks(), self._leaf, dict(stops), self._progress)
        walk.to(self.last)
        if not self.sandbox:
            self.recount.finish(self.last.at)
        self.recount.refuse_doubles()
        self._check_receipts()
        stamped = (
            stamps.check_stamps(self.source, self.authority, self.stamped) if self.authority else []
        )
        return Report.of(
            self.recount,
            self.last,
            checkpoints=walk.checkpoints,
            key=self.keys[0],
            pinned=self.pinned,
            sandbox=self.sandbox,
            witnesses=self._cosigned(),
            stamped=stamped,
            elsewhere=self.elsewhere,
            receipts=len(self.wishes.receipts),
        )

    def _compare(self, *_: object) -> None:
        self.elsewhere = comparing.compare(self.claims, self.recount)

    def _check_last(self) -> None:
        """What the newest checkpoint alone can show."""
        last, wishes = self.last, self.wishes
        if self.seen:
            self.seen.check_growth(last)
        check_fresh(last, wishes)
        self._cosigned()
        if self.claims.size > last.body.size:
            raise Difference("claims_ahead", comparing.PATH, expected=f"≤ {last.body.size}",
                             found=self.claims.size)  # fmt: skip

    def _cosigned(self) -> dict[str, int]:
        """When each wanted witness cosigned, in seconds since 1970. Raises Difference."""
        found = {}
        for witness in self.wishes.witnesses:
            try:
                found[witness.name] = cosigned_at(self.last.note, witness)
            except NoteFault as error:
                raise Difference("witness", str(self.last), expected=witness.name) from error
        return found

    def _marks(self) -> Iterator[Mark]:
        for mark in listed(self.source, self.keys, self.last):
            self.sandbox = self.sandbox or mark.is_sandbox
            if mark.body.size in self.sizes:
                self.stamped[mark.body.size].append(mark)
            yield mark

    def _leaf(self, index: int, raw: bytes, hashed: bytes, before: Mark | None, mark: Mark) -> None:
        entry = read_entry(index, raw)
        self.recount.take(entry)
        if not mark.is_sandbox:
            case = self.recount.cases.get(entry.case)
            dating.check(entry, case, before.at if before else None, mark.at)
        if hashed in self.wanted:
            self.found[hashed] = index

    def _progress(self, done: int) -> None:
        self.wishes.progress(done, self.last.body.size)

    def _check_receipts(self) -> None:
        """Acts somebody holds a receipt of must stand in the log, where the receipt says."""
        if not self.wanted:
            return
        promises = read_keys(self.source, "receipt.vkey")
        older = (*self.keys[1:], *promises[1:])
        keys = Keys(self.keys[0], promises[0], older)
        for leaf, receipt in self.wanted.items():
            verdict = check(
                receipt,
                self.last.note,
                keys=keys,
                searched=True,
                at=self.last.at,
            )
            where = f"receipt {leaf.hex()[:16]}"
            if verdict.standing is Standing.FALSE:
                raise Difference("receipt", where, found=", ".join(verdict.faults))
            if leaf in self.found:
                if verdict.index not in (None, self.found[leaf]):
                    raise Difference(
                        "receipt", where, expected=verdict.index, found=self.found[leaf]
                    )
            elif verdict.standing is not Standing.PROMISED:
                raise Difference("receipt", where, expected="in the log", found="not there")
