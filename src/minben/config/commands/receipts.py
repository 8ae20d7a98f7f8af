"""`minben ledger receipt`: checking a receipt by itself, without network, database or platform."""

import sys
from pathlib import Path

import click

from minben.ledger.notes import NoteFault, PublicKey
from minben.ledger.receipts import Keys, Receipt, ReceiptFault, Standing, Verdict, check, read_all

_TOLD = {
    Standing.ENTERED: "在帳本裡 · in the ledger",
    Standing.PROMISED: "已承諾入帳 · promised",
    Standing.UNSEEN: "承諾已到期，請查帳本 · due: look in the ledger",
    Standing.OVERDUE: "承諾逾期 · promise broken",
    Standing.FALSE: "不成立 · false",
}
_FAULTS = {
    "other_log": "另一個帳本的收據 · another ledger's",
    "key_mismatch": "金鑰不符 · other keys",
    "entry_false": "條目被改過 · the entry was changed",
    "commitment_false": "個人部分與承諾值不符 · the personal part does not fit",
    "promise_false": "承諾簽章不符 · the promise is not signed",
    "checkpoint_false": "檢查點簽章不符 · the checkpoint is not signed",
    "proof_false": "證明不成立 · the proof does not lead to the root",
    "proves_nothing": "沒有位置也沒有承諾 · neither place nor promise",
    "two_faces": "兩個互相矛盾的檢查點 · two checkpoints that contradict each other",
    "other_checkpoint_false": "給的檢查點不是這個帳本簽的 · the given checkpoint is not signed",
}


@click.command("receipt", short_help="檢查收據 · check a receipt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="從別處得知的帳本金鑰 · the log's key, known from elsewhere")
@click.option("--receipt-key", help="從別處得知的收據金鑰 · the key of promises")
@click.option(
    "--checkpoint",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="從別處取得的檢查點 · a checkpoint from elsewhere",
)
def receipt_command(
    file: Path, key: str | None, receipt_key: str | None, checkpoint: Path | None
) -> None:
    """離線檢查收據，不需要平臺或資料庫；成立時結束代碼為 0。要一併查整個帳本，用
    minben ledger verify SOURCE --receipt FILE。
    · Check a receipt by itself; exits with 0 if it holds. To look in the whole ledger as well,
    use minben ledger verify SOURCE --receipt FILE."""
    try:
        given = read_all(file.read_bytes())
        known = checkpoint.read_text(encoding="utf-8") if checkpoint else None
        verdicts = [(one, check(one, known, keys=_keys(one, key, receipt_key))) for one in given]
    except (ReceiptFault, NoteFault, UnicodeDecodeError) as error:
        raise click.ClickException(f"不是收據 · no receipt: {error}") from None
    for one, verdict in verdicts:
        for line in _lines(one, verdict, trusted=bool(key)):
            click.echo(line)
    if any(verdict.standing is Standing.FALSE for _, verdict in verdicts):
        sys.exit(1)


def _keys(one: Receipt, key: str | None, receipt_key: str | None) -> Keys | None:
    """What is known from elsewhere, completed by what the receipt says of itself."""
    if not key and not receipt_key:
        return None
    log = PublicKey.parse(key) if key else one.log_key
    return Keys(log, PublicKey.parse(receipt_key) if receipt_key else one.receipt_key)


def _lines(one: Receipt, verdict: Verdict, *, trusted: bool) -> list[str]:
    found = [_TOLD[verdict.standing]]
    found += [f"  {_FAULTS.get(code, code)}" for code in verdict.faults]
    if verdict.standing is Standing.ENTERED and verdict.checkpoint:
        told = verdict.checkpoint
        found.append(f"  條目 entry {verdict.index} · {told.origin} · {told.size} · {told.at}")
        found += [f"  副署 cosigned by {name}" for name in verdict.witnesses]
    if verdict.standing is Standing.PROMISED and verdict.due_at:
        found.append(f"  最晚 by {verdict.due_at.isoformat()}")
    if verdict.opened:
        found.append("  個人部分與條目相符 · the personal part fits the entry")
    if not trusted:
        found.append(f"  請與別處比對金鑰 · compare the key: {one.log_key}")
    return found
