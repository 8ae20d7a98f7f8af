"""`minben ledger`: everything a host or an auditor does with the public ledger (公開帳本)."""

import click

from minben.config.cli import BothLanguages


class LedgerCommands(BothLanguages):
    """Those that verify and witness load neither Django nor settings (see `cli.main`)."""

    modules = {
        "run": "sequencing",
        "open": "opening",
        "export": "exporting",
        "verify": "verifying",
        "witness": "witnessing",
        "key": "witnessing",
        "receipt": "receipts",
    }


@click.group("ledger", cls=LedgerCommands, short_help="公開帳本 · the public ledger")
def ledger_command() -> None:
    """公開帳本：入帳、匯出、驗證、見證、收據。 · The public ledger: enter, export, verify, witness,
    receipts."""
