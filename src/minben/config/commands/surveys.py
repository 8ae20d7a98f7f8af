"""`minben indicators survey`: estimates from answers, and waves compared (抽樣調查)."""

import json
from pathlib import Path

import click

from minben.indicators.engine.faults import Faulty
from minben.indicators.keeping import csv_of
from minben.indicators.surveys import series, tables
from minben.indicators.surveys.document import document_of
from minben.indicators.surveys.microdata import Microdata, microdata_of
from minben.indicators.surveys.raking import Convergence

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
LABELS = {
    "flat": "持平 flat",
    "small": "變動微小 small",
    "changed": "有變動 changed",
    "untested": "無法檢定 cannot be tested",
}


@click.group("survey", short_help="抽樣調查 · sample surveys")
def survey_group() -> None:
    """抽樣調查之估計與歷次比較。 · Estimates of sample surveys, and waves compared."""


@survey_group.command("estimate", short_help="估計 · estimate")
@click.option("--data", "data_file", type=FILE, required=True, help="微資料 CSV · answers")
@click.option("--design", "design_file", type=FILE, required=True, help="抽樣設計 JSON · design")
@click.option("--by", default="", help="分組欄位 · column to split by")
@click.option("--out", type=FOLDER, help="結果資料夾（須為空）· empty folder for the result")
def estimate(data_file: Path, design_file: Path, by: str, out: Path | None) -> None:
    """由微資料與抽樣設計估計：估計值、標準誤、樣本數、設計效果、信賴區間及其方法。
    資料有誤則不計算，並逐項說明行、欄與理由。
    · Estimates with error, n, design effect and interval. Data with faults is refused whole."""
    try:
        if out is not None and out.exists() and any(out.iterdir()):
            raise click.ClickException(f"{out}: 資料夾不是空的 · is not empty")
        document = document_of(design_file.name, design_file.read_bytes())
        data = microdata_of(data_file.name, data_file.read_bytes())
        table = tables.estimates(document, data, by)
    except Faulty as error:
        raise _refusal(error) from error
    written = csv_of(tables.HEADER, tables.rows_of(table))
    if table.fitting is not None:
        click.echo(_told(table.fitting), err=True)
    if out is None:
        click.echo(written.decode(), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "estimates.csv").write_bytes(written)
    if table.fitting is not None:
        (out / "fitting.json").write_text(_fitting_json(table.fitting), "utf-8")
        (out / "weights.csv").write_bytes(_weights(table, data))
    click.echo("\n".join(str(one) for one in sorted(out.iterdir())))


@survey_group.command("waves", short_help="歷次比較 · compare waves")
@click.argument("file", type=FILE)
@click.option(
    "--matters", type=float, default=2.0, show_default=True, help="有意義之百分點 · points"
)
@click.option("--level", type=float, default=0.95, show_default=True, help="信心水準 · level")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV")
def waves(file: Path, matters: float, level: float, out: Path | None) -> None:
    """逐次比較：百分點與成長率並列，附基底、樣本數、設計效果、差之區間與判定。
    FILE 之欄位：series、base、period、share，及已知之 n、deff。
    · Points and growth side by side, with base, n, design effect, interval and label."""
    if not 0.5 < level < 1 or not 0 <= matters <= 100:
        raise click.BadParameter("level: 0.5 – 1; matters: 0 – 100")
    try:
        found = series.steps_of(file.name, file.read_bytes(), matters=matters, level=level)
    except Faulty as error:
        raise _refusal(error) from error
    for step in found:
        growth = "" if step.change.growth is None else f"{step.change.growth:+.1f} %"
        click.echo(
            f"{step.series}  {step.earlier} {step.before.share:g} % → {step.period} "
            f"{step.after.share:g} %  {step.change.points:+g} 個百分點 points, {growth} "
            f"成長 growth: {LABELS[step.change.label.value]}"
        )
    tested = sum(step.stands is not None for step in found)
    click.echo(
        f"檢定 {tested} 項：即使全無變化，平均仍有 {tested * (1 - level):.2g} 項看似有變化；"
        f"stands_after_holm 為校正後。\n"
        f"{tested} tested: were there no change at all, {tested * (1 - level):.2g} would look like"
        " one on average; stands_after_holm is corrected for that.",
        err=True,
    )
    if out is not None:
        out.write_bytes(csv_of(series.HEADER, series.rows_of(found)))
        click.echo(str(out))


def _told(fitting: Convergence) -> str:
    worst = "; ".join(
        f"{one.cell}: {one.fitted:.10g} / {one.wanted:.10g}" for one in fitting.misses
    )
    lines = [
        f"加權 weights: {fitting.rounds} 輪 rounds, "
        + ("收斂 converged" if fitting.converged else "未收斂 NOT converged"),
        f"  最大差距 largest miss {fitting.miss:.2e} ({worst})",
        f"  不等權之設計效果 design effect of weighting (Kish) {fitting.kish:.3f};"
        f" 最大倍數 largest factor {fitting.largest_factor:.3f}",
    ]
    if fitting.trimmed:
        lines.append(
            f"  截尾 trimmed {fitting.trimmed} 列 rows, {fitting.trimmed_share:.2%} 權重 of the weight"
        )
    return "\n".join(lines)


def _fitting_json(fitting: Convergence) -> str:
    told = {
        "rounds": fitting.rounds,
        "converged": fitting.converged,
        "largest_miss": fitting.miss,
        "worst_cell_of_each_margin": [
            {"cell": str(one.cell), "wanted": one.wanted, "fitted": one.fitted}
            for one in fitting.misses
        ],
        "design_effect_of_weighting": fitting.kish,
        "largest_factor": fitting.largest_factor,
        "trimmed_rows": fitting.trimmed,
        "trimmed_share": fitting.trimmed_share,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _weights(table: tables.Estimates, data: Microdata) -> bytes:
    rows = (
        (str(line), f"{weight:.12g}")
        for line, weight in zip(data.lines, table.design.weights.tolist(), strict=True)
    )
    return csv_of(("line", "weight"), rows)


def _refusal(error: Faulty) -> click.ClickException:
    lines = "\n".join(f"  {fault} [{fault.code}]" for fault in error.faults)
    return click.ClickException(f"未計算 · nothing was computed:\n{lines}")
