"""The command: ``minben ledger verify`` and ``python -m minben.ledger.verifier`` are the same.

Exit codes: 0 all is well, 1 a difference, 2 wrong usage, 69 the source cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from time import monotonic

from minben.kernel import clock
from minben.ledger.notes import NoteFault, PublicKey
from minben.ledger.receipts import Receipt, ReceiptFault, read_all
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference, SourceAway
from minben.ledger.verifier.sources import open_source

EX_DIFFERENCE, EX_UNAVAILABLE, EX_STOPPED = 1, 69, 130
_PATIENCE = 2.0  # seconds between two lines of progress


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minben ledger verify",
        description="不靠平臺與資料庫，從頭驗證公開帳本並重新計算附議數、成案與期限。"
        " · Verify the public ledger from its first leaf and recount endorsements, thresholds and"
        " deadlines, without the platform and without a database.",
    )
    add = parser.add_argument
    add("source", metavar="來源SOURCE", help="網址或資料夾 · address (http, https) or folder")
    add("--key", action="append", default=[], type=_key, metavar="VKEY",
        help="帳本公鑰，可重複 · the log's key, from elsewhere; repeat for older keys")  # fmt: skip
    add("--witness", action="append", default=[], type=_key, metavar="VKEY",
        help="必須副署的見證人 · a witness that must have cosigned")  # fmt: skip
    add("--since", type=Path, metavar="檔案FILE",
        help="記住上次驗證的檢查點並比對 · remember the last checkpoint, and compare")  # fmt: skip
    add("--receipt", action="append", default=[], type=_receipts, metavar="檔案FILE",
        help="收據所載的行為必須在帳本內 · an act that must stand in the log")  # fmt: skip
    add("--tsa-cert", type=Path, metavar="檔案FILE",
        help="時戳機構的憑證 (PEM) · certificates of the time-stamping authority")  # fmt: skip
    add("--fresh", type=float, metavar="時HOURS",
        help="最新檢查點最多幾小時前 · how old the newest checkpoint may be")  # fmt: skip
    add("--json", action="store_true", help="輸出 JSON · print JSON")
    return parser


def _key(text: str) -> PublicKey:
    try:
        return PublicKey.parse(text)
    except NoteFault as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _receipts(path: str) -> list[Receipt]:
    try:
        return read_all(Path(path).read_bytes())
    except (OSError, ReceiptFault) as error:
        raise argparse.ArgumentTypeError(f"{path}: {error}") from error


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _say_aside(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _progress() -> Callable[[int, int], None]:
    """Tell how far it is, on stderr, every two seconds of a long run."""
    last = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= _PATIENCE:
            last = monotonic()
            _say_aside(f"… {done:,} / {total:,}")

    return tell


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    asked = _parser().parse_args(argv)
    wishes = Wishes(
        now=clock.now(),
        keys=asked.key,
        witnesses=asked.witness,
        since=asked.since,
        receipts=[one for several in asked.receipt for one in several],
        authority=asked.tsa_cert,
        fresh=None if asked.fresh is None else timedelta(hours=asked.fresh),
        progress=_progress(),
    )
    try:
        report = verify(open_source(asked.source), wishes)
    except Difference as error:
        if asked.json:
            _say(json.dumps({"ok": False, **error.told()}, ensure_ascii=False))
        _say_aside(f"帳本驗證不符 · the ledger does not verify: {error.line}")
        return EX_DIFFERENCE
    except SourceAway as error:
        _say_aside(f"無法讀取 · cannot be read: {' '.join(str(error).split())}")
        return EX_UNAVAILABLE
    except KeyboardInterrupt:
        return EX_STOPPED
    _say(json.dumps(report.told(), ensure_ascii=False) if asked.json else "\n".join(report.lines()))
    return 0
