"""Placeholder until the archive reader lands."""

import click


@click.group("import")
def import_command() -> None:
    """匯入。 · Import."""
