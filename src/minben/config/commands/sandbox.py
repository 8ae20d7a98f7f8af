"""The sandbox: demo data and the movable clock."""

from datetime import datetime, timedelta

import click
from django.conf import settings

from minben.config.env import Misconfigured
from minben.kernel import clock
from minben.kernel.periods import TAIPEI
from minben.people.queries import sandbox_accounts
from minben.simulation import clock_file
from minben.simulation.demo import load_demo
from minben.simulation.demo.people import PASSWORD


def _require_sandbox() -> None:
    if not settings.SANDBOX:
        raise Misconfigured("demo data and the clock belong to a sandbox: MINBEN_MODE=demo")


@click.command("demo", short_help="載入示範資料 · load the demo")
def demo_command() -> None:
    """載入示範資料（可重複執行，不會重複建立）。
    · Load the demo data; running it again adds nothing."""
    _require_sandbox()
    with click.progressbar(length=1, label="示範資料 · demo data") as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        summary = load_demo(at=clock.now(), tell=tell)
    click.echo(" ".join(f"{name}={count}" for name, count in summary.items()))
    click.echo(f"帳號 · accounts (密碼 password: {PASSWORD}; 一鍵登入 one-click: /dev/accounts/)")
    for account in sandbox_accounts():
        roles = ", ".join(grant.role for grant in account.role_grants.all()) or "citizen"
        if account.has_usable_password():
            click.echo(f"  {account.email:34} {roles}")


@click.command("clock", short_help="時光機 · the sandbox's clock")
@click.option("--forward", type=int, metavar="天 DAYS", help="前進幾天 · move forward")
@click.option("--reset", is_flag=True, help="回到現在 · back to now")
def clock_command(forward: int | None, reset: bool) -> None:
    """顯示或移動沙盒時鐘。 · Show or move the sandbox's clock."""
    _require_sandbox()
    offset = timedelta(0) if reset else clock_file.offset()
    if forward is not None:
        offset += timedelta(days=forward)
    clock_file.move_to(offset)
    moved: datetime = clock.now() + offset
    click.echo(f"{moved.astimezone(TAIPEI):%Y-%m-%d %H:%M} (+{offset.days}d)")
