"""`minben import indicators`: a source with its indicators, and the files that fill them (指標匯入)."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.declared.drafts import Framework
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.queries.planning import Prospect, prospect
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.indicators.models import Source

SHOWN = 50  # faults told on the terminal
EX_FAULTS, EX_REMARKS = 1, 3
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("indicators", short_help="指標 · indicators")
@click.argument("source", type=FILE, metavar="SOURCE.json")
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE…]")
@click.option(
    "--accept-warnings",
    "accepts",
    is_flag=True,
    help="已看過提醒，照樣匯入 · import although there are remarks",
)
def indicators_command(source: Path, files: tuple[Path, ...], accepts: bool) -> None:
    """登錄 SOURCE.json 所述之資料來源、單位與指標，並匯入檔案；有誤則全部不匯入，可重複執行。
    · Declare the source, units and indicators of SOURCE.json, and import files of any known form;
    with one fault nothing is imported. Running it again changes nothing.

    結束代碼 · Exit code: 0 完成 · done, 1 有誤 · faults, 3 有提醒待確認 · remarks wait to be
    accepted.
    """
    try:
        told = framework(source.name, source.read_bytes())
        declared = _declare(told)
        if files:
            _import(declared, told, files, accepts=accepts)
    except Faulty as error:
        _tell_faults(error.faults)
        sys.exit(EX_FAULTS)


def _declare(told: Framework) -> "Source":
    at = clock.now()
    agency = people.find_agency(told.agency, at) if told.agency else None
    done = actions.declare_framework(
        told=told, agency_id=agency.pk if agency else None, by=SYSTEM, at=at
    )
    click.echo(
        f"{done.source.code}: 單位 units +{len(done.units.created)} ~{len(done.units.changed)}"
        f" · 指標 indicators +{len(done.indicators.created)} ~{len(done.indicators.changed)}"
        f" ={len(done.indicators.unchanged)}"
    )
    return done.source


def _import(source: "Source", told: Framework, paths: tuple[Path, ...], *, accepts: bool) -> None:
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        raise click.ClickException("檔名重複 · two files bear the same name")
    files = {path.name: path.read_bytes() for path in paths}
    found = prospect(source, files, told.layout)
    if found.plan.faults:
        raise Faulty(found.plan.faults)
    if found.nothing_new:
        click.echo("沒有新資料 · nothing new")
        return
    _tell_remarks(found)
    if found.plan.remarks and not accepts:
        click.echo("未匯入；請加 --accept-warnings · not imported; accept the remarks", err=True)
        sys.exit(EX_REMARKS)
    with click.progressbar(
        length=len(found.plan.rows), label="匯入 · import", file=sys.stderr
    ) as bar:
        made = actions.take_in(
            source_code=source.code,
            files=files,
            layout=told.layout,
            confirmed=found.plan.seal,
            by=SYSTEM,
            at=clock.now(),
            progress=bar.update,
        )
    click.echo(
        f"第 {made.number} 次匯入 import {made.number}: 觀測值 observations {made.observations:,}"
        f" · 新增 new {found.new:,} · 取代 changed {found.changed:,} · 不變 same {found.same:,}"
    )


def _tell_remarks(found: Prospect) -> None:
    for one in found.plan.remarks:
        click.echo(f"  提醒 remark  {one} [{one.code}]", err=True)


def _tell_faults(faults: tuple[Fault, ...]) -> None:
    click.echo("未匯入 · nothing was imported:", err=True)
    for fault in faults[:SHOWN]:
        click.echo(f"  {fault} [{fault.code}]", err=True)
    if len(faults) > SHOWN:
        click.echo(f"  … 另有 {len(faults) - SHOWN:,} 項 · more", err=True)
