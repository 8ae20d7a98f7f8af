"""What a verifier says when all is well (結果): figures, for people and for machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from minben.ledger.notes import PublicKey
from minben.ledger.verifier.checkpoints import Mark
from minben.ledger.verifier.recounting import Recount
from minben.ledger.verifier.stamps import Stamped

_PINNED = {
    "given": ("由您指定", "given by you"),
    "remembered": ("與先前相同", "the same as before"),
    "shown": (
        "來源自行提供，請另行核對",
        "shown by the source itself: compare it elsewhere",
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a log that verified."""

    origin: str
    size: int
    root: str
    at: datetime
    key: str
    pinned: str
    sandbox: bool
    figures: Mapping[str, int]
    witnesses: Mapping[str, int]
    stamped: Sequence[Stamped]

    @classmethod
    def of(
        cls,
        recount: Recount,
        last: Mark,
        *,
        checkpoints: int,
        key: PublicKey,
        pinned: str,
        sandbox: bool,
        witnesses: Mapping[str, int],
        stamped: Sequence[Stamped],
        elsewhere: int,
        receipts: int,
    ) -> Self:
        """The report of a finished recount."""
        cases = recount.cases.values()
        duties = [one for one in recount.deadlines if one.is_duty]
        figures = {
            "leaves": last.body.size,
            "checkpoints": checkpoints,
            "cases": len(recount.cases),
            "endorsements": sum(len(case.places) for case in cases),
            "struck_out": sum(len(case.struck) for case in cases),
            "taken_over": elsewhere,
            "opening": sum(case.opened for case in cases),
            "opened": sum(case.opening is not None for case in cases),
            "reached": sum(case.reached is not None for case in cases),
            "deadlines": len(duties),
            "deadlines_met": sum(one.met is True for one in duties),
            "deadlines_missed": sum(one.met is False for one in duties),
            "deadlines_recomputed": recount.deadlines.recomputed,
            "receipts": receipts,
        }
        return cls(
            last.body.origin,
            last.body.size,
            last.body.root.hex(),
            last.at,
            str(key),
            pinned,
            sandbox,
            figures,
            dict(witnesses),
            tuple(stamped),
        )

    def told(self) -> dict[str, Any]:  # Any: JSON values
        """The figures for machines."""
        return {
            "ok": True,
            "origin": self.origin,
            "root": self.root,
            "at": self.at.isoformat(),
            "key": self.key,
            "pinned": self.pinned,
            "sandbox": self.sandbox,
            **self.figures,
            "witnesses": dict(self.witnesses),
            "stamped": [{"size": one.size, "at": one.at.isoformat()} for one in self.stamped],
        }

    def lines(self) -> list[str]:
        """The figures for people, in both languages."""
        n = self.figures
        zh, en = _PINNED[self.pinned]
        told = [
            f"驗證無誤 · all is well: {self.origin}",
            f"  金鑰 key: {self.key} ({zh} · {en})",
            f"  條目 leaves: {n['leaves']:,}; 檢查點 checkpoints: {n['checkpoints']:,};"
            f" 最新 newest: {self.at:%Y-%m-%dT%H:%M:%SZ}",
            f"  附議 endorsements: {n['endorsements']:,}; 註銷 struck out: {n['struck_out']:,};"
            f" 成案 reached: {n['reached']:,}",
            f"  期限 deadlines: {n['deadlines']:,}; 如期 met: {n['deadlines_met']:,};"
            f" 逾期 missed: {n['deadlines_missed']:,};"
            f" 依規則重算 recomputed: {n['deadlines_recomputed']:,}",
        ]
        if n["taken_over"]:
            told.append(
                f"  轉錄自他處、無法重新計算 taken over, cannot be recounted: {n['taken_over']:,}"
            )
        if n["opened"]:
            told.append(
                f"  期初餘額，帳本啟用前計入、無從重新計算 opening balances, counted before the log"
                f" began, cannot be recounted: {n['opening']:,} ({n['opened']:,} 件 cases)"
            )
        for name, seconds in self.witnesses.items():
            told.append(
                f"  見證 witnessed: {name} {datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
            )
        if self.stamped:
            last = self.stamped[-1]
            told.append(
                f"  時戳 time stamps: {len(self.stamped)}; 最新 newest: {last.at.isoformat()}"
            )
        if self.sandbox:
            told.append(
                "  這是示範帳本，時間可調，不驗證倒填日期 ·"
                " this is the log of a sandbox: its times are played and were not checked"
            )
        return told
