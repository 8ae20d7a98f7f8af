"""`minben rehearse`: restore a backup beside the running platform, and recount its ledger."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings

from minben.config import rehearsing
from minben.ledger.verifier.differences import Difference, SourceAway
from minben.ledger.verifier.sources import Source, open_source

EX_SHORTER = 3
_Folder = click.Path(exists=True, file_okay=False, path_type=Path)


def _instant(value: str) -> datetime:
    """Read an instant with its zone, such as ``2026-11-23T10:00:00+08:00``."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no instant") from None
    if read.tzinfo is None:
        raise click.BadParameter(f"{value!r} has no zone (+08:00)")
    return read


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where Debian keeps them."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[-3])
    )
    return found[-1].parent if found else None


@click.command("rehearse", short_help="演練還原 · rehearse a restore")
@click.option("--base", required=True, type=_Folder, help="基礎備份 · the base backup")
@click.option("--wal", required=True, type=_Folder, help="WAL 封存 · the archived log")
@click.option("--until", type=_instant, metavar="時刻TIME", help="還原至此刻 · restore to this")
@click.option(
    "--published", metavar="來源SOURCE", help="已公布的帳本，資料夾或網址 · the published ledger"
)
@click.option("--database", default="", help="資料庫名稱 · name of the database")
@click.option("--programs", type=_Folder, help="PostgreSQL 程式 · PostgreSQL's programs")
@click.option("--json", "as_json", is_flag=True, help="輸出 JSON · print JSON")
def rehearse_command(
    base: Path,
    wal: Path,
    until: datetime | None,
    published: str | None,
    database: str,
    programs: Path | None,
    as_json: bool,
) -> None:
    """將備份還原到另一個暫時的資料庫，重算其帳本，並與已公布的帳本比對；不更動線上資料。
    結束碼：0 相符；3 還原的帳本比已公布的短；1 無法還原或不相符。
    · Restore a backup into a database of its own, recount its ledger, compare it with what was
    published. Exit codes: 0 all is well, 3 shorter than what was published, 1 not restorable or
    contradicting."""
    programs = programs or _programs()
    if programs is None:
        raise click.UsageError("--programs: PostgreSQL's own folder of programs")
    name = database or str(settings.DATABASES["default"]["NAME"])
    backup = rehearsing.Backup(base, wal, until, programs, name)
    try:
        told = _rehearse(backup, open_source(published) if published else None)
    except (rehearsing.BackupFault, Difference, SourceAway) as error:
        raise click.ClickException(f"備份不可用 · the backup is not good: {error}") from None
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(told)))
    sys.exit(EX_SHORTER if told["missing"] else 0)


def _rehearse(backup: rehearsing.Backup, source: Source | None) -> dict[str, object]:
    known = rehearsing.published_checkpoint(source) if source else None
    began = time.monotonic()
    with rehearsing.restored(backup) as to:
        ready = time.monotonic()
        found = rehearsing.examine(to, {known.size} if known else set())
    missing = rehearsing.missing_leaves(found, known, source) if known and source else 0
    return {
        "restored_s": round(ready - began, 1),
        "recounted_s": round(time.monotonic() - ready, 1),
        "last_act": found.last_act.isoformat() if found.last_act else None,
        "proposals": found.proposals,
        "endorsements": found.endorsements,
        "waiting": found.waiting,
        "leaves": found.size,
        "signed": found.signed,
        "published": known.size if known else None,
        "missing": missing,
    }


def _lines(told: dict[str, object]) -> list[str]:
    lines = [f"{name}={value}" for name, value in told.items() if value is not None]
    if told["missing"]:
        lines.append(
            f"還原的帳本比已公布的少 {told['missing']} 筆，不得直接上線 · shorter than what was "
            "published: do not put it in service (docs/operations/backup.md)"
        )
    return lines
