"""`minben ledger`: everything a host or an auditor does with the public ledger (公開帳本)."""

import click

from minben.config.commands.sequencing import run_command


@click.group("ledger", short_help="公開帳本 · the public ledger")
def ledger_command() -> None:
    """公開帳本：入帳、匯出、查核。 · The public ledger: enter, export, verify."""


ledger_command.add_command(run_command)
