"""`minben ledger open`: stating what was counted before the public ledger began (期初餘額)."""

import click

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger.guarding import LedgerStands, refuse_fork
from minben.ledger.timing import refuse_behind
from minben.proposals import actions
from minben.simulation import clock_file


@click.command("open", short_help="記載期初餘額 · state opening balances")
def open_command() -> None:
    """將帳本啟用前已計入的附議數逐件記入公開帳本；每件一次，可重複執行。
    · Enter for each proposal older than the ledger how many endorsements were counted before it
    began: once each, before any endorsement of it is entered. Run again, it does what is left."""
    try:
        refuse_behind()
        refuse_fork()
    except LedgerStands as error:
        raise click.ClickException(str(error)) from None
    with clock.moved_by(clock_file.offset()):
        done = actions.open_balances(by=SYSTEM, at=clock.now())
    for number, endorsed in done.made:
        click.echo(f"{number} {endorsed:,}")
    click.echo(f"期初餘額 opening balances: {len(done.made):,}")
    if done.late:
        raise click.ClickException(
            "附議已入帳，來不及記載 · too late, endorsements of them stand in the ledger: "
            + ", ".join(done.late)
        )
