"""Figures for hosts and auditors."""

import json
from datetime import datetime

import click

from minben.casework import queries as casework
from minben.config.commands.reports import timeliness as report
from minben.config.commands.reports.suggestions import suggestions_command
from minben.kernel import clock
from minben.people import queries as people
from minben.proposals import timeliness
from minben.proposals.queries import figures as proposals
from minben.simulation import clock_file


def _now() -> datetime:
    with clock.moved_by(clock_file.offset()):
        return clock.now()


@click.group("report", short_help="統計 · figures", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="輸出 JSON · print JSON")
@click.pass_context
def report_command(context: click.Context, as_json: bool) -> None:
    """提議數（依階段）、附議數與進行中之期限。
    · Proposals by state, endorsements, and running deadlines."""
    if context.invoked_subcommand is None:
        _tell_counts(as_json)


def _tell_counts(as_json: bool) -> None:
    at = _now()
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


@report_command.command("timeliness", short_help="回應時效 · how long answers took")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(report.FORMATS)),
    default="json",
    show_default=True,
    help="輸出格式 · what to print",
)
@click.option("--government", default="", metavar="CODE", help="僅此政府 · of one government")
@click.option("--archived", is_flag=True, help="僅匯入之檔案 · of imported archives only")
def timeliness_command(form: str, government: str, archived: bool) -> None:
    """每一成案案件的成案、期限與回應日期，以及中位數、百分位數與如期比率，各附案件數。
    · Every case that reached: reaching, due date and answers; median, percentiles and share in
    time, each with the number of cases. Computed from the stored dates."""
    known = sorted(row.code for row in people.jurisdictions())
    if government and government not in known:
        raise click.BadParameter(f"一者 · one of: {', '.join(known)}", param_hint="--government")
    at = _now()
    lines = timeliness.lines(at, government, archived_only=archived)
    click.echo(report.FORMATS[form]((lines, timeliness.summary(lines)), at, government))


report_command.add_command(suggestions_command)
