"""`minben switch`: stopping a service when the site itself cannot be reached."""

import click

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.periods import TAIPEI
from minben.operations import actions, queries
from minben.operations.rules import REASON_MAX, Service

SERVICES = click.Choice([service.value for service in Service])


@click.command("switch", short_help="服務開關 · stop a service, or let it go on")
@click.argument("service", type=SERVICES, required=False)
@click.argument("act", type=click.Choice(["stop", "go"]), required=False)
@click.option("--reason", help=f"公開理由（中文，最多 {REASON_MAX} 字）· public reason, in Chinese")
@click.option("--reason-en", default="", help="英文理由 · the same in English")
def switch_command(
    service: str | None, act: str | None, reason: str | None, reason_en: str
) -> None:
    """停止或恢復一項服務；不加參數時列出現況。
    · Stop a service or let it go on; without arguments, tell how they stand."""
    if service and act:
        actions.set_switch(
            service=Service(service),
            stop=act == "stop",
            reason_zh=reason or "",
            reason_en=reason_en,
            by=SYSTEM,
            at=clock.now(),
        )
    elif service or act:
        raise click.UsageError("SERVICE ACT：兩者都要 · both of them")
    for row in queries.switches():
        state = "停止 stopped" if row.stopped else "運作 running"
        since = (
            f"{row.changed_at.astimezone(TAIPEI):%Y-%m-%d %H:%M} {row.reason_zh}"
            if row.changed_at
            else ""
        )
        click.echo(f"{row.service:10} {state}  {since}".rstrip())
