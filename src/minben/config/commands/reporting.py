"""Figures for hosts and auditors."""

import json

import click

from minben.casework import queries as casework
from minben.kernel import clock
from minben.proposals.queries import figures as proposals
from minben.simulation import clock_file


@click.command("report", short_help="統計 · figures")
@click.option("--json", "as_json", is_flag=True, help="輸出 JSON · print JSON")
def report_command(as_json: bool) -> None:
    """提議數（依階段）、附議數與進行中之期限。
    · Proposals by state, endorsements, and running deadlines."""
    with clock.moved_by(clock_file.offset()):
        at = clock.now()
    running = casework.open_deadlines()
    figures = {
        "at": at.isoformat(),
        "proposals": proposals.count_by_state(),
        "endorsements": proposals.count_endorsements(),
        "deadlines_running": running.count(),
        "deadlines_overdue": running.filter(due_at__lte=at).count(),
    }
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        click.echo(f"{name:20} {value}")
