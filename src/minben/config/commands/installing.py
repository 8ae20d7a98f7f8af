"""Preparing an installation: schema, shipped rules, messages, static files, self-check."""

import click
from django.conf import settings
from django.core.management import call_command

from minben.audit.queries import has_simulated_rows
from minben.casework.shipped import add_shipped_rule_sets
from minben.config.messages import compile_all
from minben.indicators import actions as indicators
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger.timing import refuse_behind
from minben.proposals.queries.opening import to_be_opened


@click.command("migrate", short_help="準備資料庫 · prepare the database")
@click.option("--static/--no-static", default=True, help="收集靜態檔 · collect static files")
def migrate_command(static: bool) -> None:
    """準備資料庫、規則集、翻譯與靜態檔；可重複執行。
    · Prepare database, rule sets, messages and static files; may be run again."""
    compiled = compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    refuse_behind()
    added = add_shipped_rule_sets(by=SYSTEM, at=clock.now())
    methods = len(indicators.ship_methods(by=SYSTEM, at=clock.now()))
    surveys = len(indicators.ship_surveys(by=SYSTEM, at=clock.now()))
    if static:
        call_command("collectstatic", verbosity=0, interactive=False)
    click.echo(
        f"資料庫已就緒 · database ready (rule sets +{added}, methods +{methods}, surveys +{surveys}, messages +{compiled})"
    )


@click.command("messages", short_help="編譯翻譯 · compile translations")
def messages_command() -> None:
    """編譯各模組的翻譯。 · Compile the message catalogues of all modules."""
    click.echo(f"{compile_all()} compiled · 已編譯")


@click.command("check", short_help="檢查設定 · check the installation")
def check_command() -> None:
    """檢查設定、資料庫、模擬資料與期初餘額。 · Check settings and database, that no simulated data is
    there, and that the ledger says what was counted before it."""
    call_command("check", deploy=settings.PRODUCTION)
    call_command("migrate", check_unapplied=True, verbosity=0)
    if settings.PRODUCTION and has_simulated_rows():
        raise click.ClickException("正式站含有模擬資料 · simulated data on a production platform")
    if older := len(to_be_opened()):
        raise click.ClickException(
            f"{older} 件提議早於公開帳本，請執行 · proposals are older than the ledger, run:"
            " minben ledger open"
        )
    click.echo("一切正常 · all is well")
