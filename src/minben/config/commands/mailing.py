"""`minben mail`: what waits in the outbox, sending it beside the tick, and settling doubts."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.periods import TAIPEI
from minben.notify import actions, queries
from minben.notify.dsn import messages_in, read_dsn
from minben.notify.mail_log import read_log
from minben.people import queries as people

LOGS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("mail", short_help="通知信 · the outbox")
def mail_command() -> None:
    """查看、寄送通知信，並釐清是否已寄出。
    · See what waits to be mailed, send it, and settle what is in doubt."""


@mail_command.command("status", short_help="寄件匣現況 · what waits, and what is in doubt")
def status() -> None:
    """列出待寄、逾時、遭拒與存疑之郵件，以及進行中的大量通知。
    · How much waits, is late, was refused or is in doubt, and the mailings under way."""
    at = clock.now()
    box = queries.outbox(at)
    click.echo(f"待寄 waiting  {box.waiting}")
    click.echo(f"逾時 late     {box.late}")
    click.echo(f"遭拒 failing  {box.failing}")
    click.echo(f"存疑 in doubt {box.doubtful}")
    for one in queries.mailings_under_way():
        click.echo(f"通知 mailing  {one.kind} {one.fact} v{one.version}: {one.told} 人 told")
    for letter in queries.doubts():
        handed = f"{letter.handed_at.astimezone(TAIPEI):%Y-%m-%d %H:%M:%S}"
        click.echo(f"存疑 in doubt {letter.number} <{letter.message_id}> {handed}")


@mail_command.command("send", short_help="寄送 · send what is due")
@click.option(
    "--every", type=click.IntRange(1), help="持續執行，每隔幾秒 · go on, every so many seconds"
)
def send(every: int | None) -> None:
    """寄出到期的通知信；可與排程同時執行多個。
    · Send what is due. Several may run, and the tick beside them."""
    while True:
        told = actions.expand_mailings(by=SYSTEM, at=clock.now())
        sent = actions.send_due(by=SYSTEM, at=clock.now())
        if told or sent or not every:
            click.echo(f"已寄出 sent {sent}")
        if not every:
            return
        if not sent:
            time.sleep(every)


@mail_command.command("reconcile", short_help="釐清存疑郵件 · settle what is in doubt")
@click.option(
    "--log",
    "logs",
    type=LOGS,
    multiple=True,
    help="Postfix 紀錄檔，由舊至新 · its logs, oldest first",
)
@click.option(
    "--taken", type=int, multiple=True, help="郵件伺服器已收下之編號 · the server took this number"
)
@click.option(
    "--again",
    type=int,
    multiple=True,
    help="未收下、應再寄之編號 · it did not: send this number again",
)
def reconcile(logs: tuple[Path, ...], taken: tuple[int, ...], again: tuple[int, ...]) -> None:
    """依郵件伺服器紀錄釐清存疑郵件；紀錄未涵蓋者仍存疑，絕不逕行重寄。
    · Settle doubts by the mail server's log. What it does not cover stays in doubt; nothing is sent
    again on a guess."""
    at = clock.now()
    if not (logs or taken or again):
        raise click.UsageError("--log, --taken 或 or --again")
    for number in (*taken, *again):
        actions.settle_doubt(notice_id=number, accepted=number in taken, by=SYSTEM, at=at)
    if logs:
        held, back = actions.resolve_doubts(log=read_log(_lines(logs)), by=SYSTEM, at=at)
        click.echo(f"已收下 taken {held} · 再寄 again {back}")
    click.echo(f"仍存疑 still in doubt {queries.outbox(at).doubtful}")


@mail_command.command("bounces", short_help="退信 · letters that came back")
@click.argument("file", type=click.File("rb"))
def bounces(file: IO[bytes]) -> None:
    """讀取退信通知（RFC 3464；單封或 mbox 檔，- 為標準輸入）。永久失敗達三日或信箱不存在者停止寄送。
    · Read delivery status notifications, one or a mailbox; - is standard input. What comes back for
    good on three days, or from no such mailbox, is written to no more. No address is printed."""
    counted: Counter[str] = Counter()
    at = clock.now()
    for raw in messages_in(file):
        found = read_dsn(raw) if raw is not None else None
        if found is None:
            counted["unreadable"] += 1
            continue
        for line in found.lines:
            user = people.user_by_email(line.address)
            if user is None:
                counted["unknown"] += 1
                continue
            came_to = actions.note_bounce(
                recipient=f"person:{user.pk}",
                line=line,
                message_id=found.message_id,
                by=SYSTEM,
                at=at,
            )
            counted[came_to.value] += 1
    for name, text in _BOUNCES.items():
        click.echo(f"{text} {counted[name]}")


_BOUNCES = {
    "stopped": "停止寄送 stopped      ",
    "permanent": "永久失敗 permanent    ",
    "temporary": "暫時失敗 temporary    ",
    "unknown": "查無此人 unknown      ",
    "not_ours": "非本站所寄 not ours     ",
    "nothing": "非失敗 no failure      ",
    "unreadable": "無法讀取 unreadable   ",
}


def _lines(logs: tuple[Path, ...]) -> Iterator[str]:
    for path in logs:
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from lines
