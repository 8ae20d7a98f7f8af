"""`minben import`: archives of other platforms into this one."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import click

from minben.config.commands.importing_indicators import indicators_command
from minben.kernel import clock
from minben.kernel.actor import ARCHIVE
from minben.proposals import actions
from minben.proposals.archive.endorsements_file import endorsements_in
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.lines import ArchiveFile, Kind
from minben.proposals.archive.proposals_file import proposals_in
from minben.proposals.archive.report import FileReport, ImportReport
from minben.proposals.rules import State

PROPOSALS_AT_ONCE, ENDORSEMENTS_AT_ONCE = 100, 10_000
SHOWN = 10  # faults told on the terminal for each file; the report has more
STATES = {
    State.ENDORSING: "附議中 endorsing",
    State.REACHED: "已成案待回應 reached",
    State.ANSWERED: "已回應 answered",
    State.LAPSED: "未成案 lapsed",
    State.WITHDRAWN: "已撤回 withdrawn",
}
T = TypeVar("T")


@click.group("import", short_help="匯入檔案資料 · import an archive")
def import_command() -> None:
    """匯入其他平臺的檔案資料，或指標。 · Import the archive of another platform, or indicators."""


import_command.add_command(indicators_command)


@import_command.command("join", short_help="JOIN 提點子 · proposals of JOIN")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="寫出 JSON 報告 · write JSON"
)
def join_command(files: tuple[Path, ...], report: Path | None) -> None:
    """匯入 JOIN 提點子的提議（.jsonl）與附議（.csv、.csv.gz）；順序不拘，可重複執行。
    · Import proposals (.jsonl) and endorsements (.csv, .csv.gz) of JOIN, in any order;
    running it again changes nothing.

    結束代碼 · Exit code: 0 全部匯入 · all taken, 3 部分退回 · some lines rejected,
    1 無可讀取 · nothing could be read.
    """
    began = perf_counter()
    done = ImportReport()
    _take(files, done)
    actions.tell_of_reaching(by=ARCHIVE, at=clock.now())
    done.seconds = perf_counter() - began
    _tell(done)
    if report:
        text = json.dumps(done.as_dict(), ensure_ascii=False, indent=1)
        report.write_text(f"{text}\n", encoding="utf-8")
    sys.exit(done.exit_code)


def _take(paths: Iterable[Path], done: ImportReport) -> None:
    """Read all files, proposals first, for endorsements need theirs."""
    opened: list[tuple[ArchiveFile, FileReport]] = []
    for path in paths:
        told = FileReport(path.name)
        done.files.append(told)
        try:
            file = ArchiveFile(path)
        except ArchiveFault as fault:
            told.reject([Reject.of(0, fault)])
            continue
        told.kind = file.kind
        opened.append((file, told))
    opened.sort(key=lambda pair: pair[0].kind is not Kind.PROPOSALS)
    size = sum(file.size for file, _ in opened)
    with click.progressbar(length=size, label="匯入 · import", file=sys.stderr) as bar:
        for file, told in opened:
            began = perf_counter()
            if file.kind is Kind.PROPOSALS:
                _take_proposals(file, told, done, bar)
            else:
                _take_endorsements(file, told, bar)
            file.close()
            told.seconds = perf_counter() - began


def _take_proposals(
    file: ArchiveFile,
    told: FileReport,
    done: ImportReport,
    bar: Any,  # Any: click's bar
) -> None:
    items = proposals_in(file, clock.now())
    for batch in _batches(items, PROPOSALS_AT_ONCE, file, told, bar):
        taken = actions.import_proposals(records=batch, by=ARCHIVE, at=clock.now())
        _add(taken, told)
        done.by_outcome.update(taken.states)


def _take_endorsements(file: ArchiveFile, told: FileReport, bar: Any) -> None:
    touched: set[int] = set()
    for batch in _batches(endorsements_in(file), ENDORSEMENTS_AT_ONCE, file, told, bar):
        taken, proposals = actions.import_endorsements(rows=batch, by=ARCHIVE, at=clock.now())
        _add(taken, told)
        touched |= proposals
    _add(actions.settle_endorsements(proposal_ids=touched, by=ARCHIVE, at=clock.now()), told)


def _batches(
    items: Iterator[T | Reject], size: int, file: ArchiveFile, told: FileReport, bar: Any
) -> Iterator[list[T]]:
    """Yield records in batches, with the faults among them noted and the bar moved."""
    before = 0
    while some := list(islice(items, size)):
        told.reject(item for item in some if isinstance(item, Reject))
        good = [item for item in some if not isinstance(item, Reject)]
        told.read += len(good)
        if good:
            yield good
        bar.update(file.position - before)
        before = file.position


def _add(taken: actions.Taken, told: FileReport) -> None:
    told.created += taken.created
    told.updated += taken.updated
    told.unchanged += taken.unchanged
    told.reject(taken.rejected)
    told.remark(taken.remarks)


def _tell(done: ImportReport) -> None:
    for file in done.files:
        click.echo(
            f"{file.name}: 讀取 read {file.read:,} · 新增 created {file.created:,}"
            f" · 更新 updated {file.updated:,} · 未變 unchanged {file.unchanged:,}"
            f" · 退回 rejected {file.rejected_total:,}"
        )
        for fault in file.rejected[:SHOWN]:
            field = f" [{fault.field}]" if fault.field else ""
            click.echo(f"  {file.name}:{fault.line}{field} {fault.message}", err=True)
        if file.rejected_total > SHOWN:
            more = file.rejected_total - SHOWN
            click.echo(f"  … 另有 {more:,} 行 · {more:,} more", err=True)
    if done.by_outcome:
        click.echo(f"提議 · proposals: {_outcomes(done)}")
    pace = done.as_dict()
    click.echo(f"{pace['seconds']} 秒 seconds · 每秒 {pace['rows_per_second'] or 0:,} 筆 rows/s")


def _outcomes(done: ImportReport) -> str:
    return " · ".join(
        f"{name} {done.by_outcome[state]:,}"
        for state, name in STATES.items()
        if done.by_outcome[state]
    )
