"""`minben ledger export`: the public bundle (公開資料包)."""

from pathlib import Path

import click

from minben.config.env import Misconfigured
from minben.kernel import clock
from minben.ledger.guarding import LedgerStands
from minben.ledger.keys import LedgerKeyMissing
from minben.ledger.publishing import export
from minben.simulation import clock_file


@click.command("export", short_help="匯出資料包 · write the bundle")
@click.argument("folder", metavar="資料夾DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--since-last",
    is_flag=True,
    help="只寫上次匯出後新增的區塊 · write only the tiles that are new since the last time",
)
def export_command(folder: Path, since_last: bool) -> None:
    """將整個公開帳本寫成任何人都能複製與驗證的資料夾；可重複執行，中斷後接續。
    · Write the whole ledger as a folder that anybody can copy and verify. Run again, it goes on
    where it stopped."""
    shown = 0

    def progress(size: int) -> None:
        nonlocal shown
        if size - shown >= 100_000:
            shown = size
            click.echo(f"… {size:,}", err=True)

    try:
        with clock.moved_by(clock_file.offset()):
            size = export(folder, at=clock.now(), since_last=since_last, progress=progress)
    except LedgerKeyMissing as error:
        raise Misconfigured(str(error)) from None
    except LedgerStands as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from None
    click.echo(f"{size} 條目 leaves → {folder}")
