"""`minben ledger verify`: the verifier, under the command where a host looks for it."""

import sys

import click

from minben.ledger.verifier.command import main


@click.command(
    "verify",
    short_help="驗證帳本 · verify a ledger",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def verify_command(words: tuple[str, ...]) -> None:
    """從頭驗證公開帳本並重新計算。 · Verify a public ledger from its first leaf, and recount."""
    sys.exit(main(words))
