"""`minben indicators draw`: pictures of a run, as SVG, PNG or PDF, with their table (繪圖)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from minben.config.commands.indicators_methods import refusal
from minben.indicators import drawing, keeping
from minben.indicators.drawing.common import comparators_of, title_of
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.many import rows_of
from minben.indicators.engine.robustness import intervals
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Table
from minben.indicators.figures import export, trend

FOLDER = click.Path(file_okay=False, path_type=Path)
ENDINGS = (".svg", ".png", ".pdf")


@dataclass(frozen=True)
class Asked:
    """What was asked for: the run, and whose picture of when."""

    made: Run
    data: Table
    unit: str
    period: str
    before: str
    other: Run
    result: str
    language: drawing.Language
    narrow: bool


def wheel(asked: Asked) -> drawing.Figure:
    """Every indicator of a unit."""
    return drawing.wheel_of(
        asked.made, asked.unit, asked.period, asked.language, narrow=asked.narrow
    )


def profile(asked: Asked) -> drawing.Figure:
    """Strengths and weaknesses of a unit."""
    return drawing.profile_of(
        asked.made, asked.unit, asked.period, asked.language, narrow=asked.narrow
    )


def quadrant(asked: Asked) -> drawing.Figure:
    """Opportunities against risks."""
    marked = frozenset({asked.unit})
    return drawing.quadrant_of(
        asked.made, marked, asked.period, asked.language, narrow=asked.narrow
    )


def ranks(asked: Asked) -> drawing.Figure:
    """Rank intervals of a period, of the rows the run compares."""
    made, rows = asked.made, rows_of(asked.made, asked.period)
    found = intervals(made, asked.data, asked.result, draws=drawing.DRAWS, period=asked.period)
    units = tuple(made.table.units[row] for row in np.flatnonzero(rows))
    rank = dict(zip(units, made.rank[asked.result][rows], strict=True))
    return drawing.intervals_figure(
        units,
        {unit: float(place) for unit, place in rank.items() if not np.isnan(place)},
        found,
        title=title_of(made, asked.language),
        comparators=comparators_of(made, "", asked.language),
        language=asked.language,
        period=asked.period,
        narrow=asked.narrow,
        marked={asked.unit},
    )


def importance(asked: Asked) -> drawing.Figure:
    """Nominal weight beside effective importance."""
    return drawing.importance_of(
        asked.made, asked.result, asked.period, asked.language, narrow=asked.narrow
    )


def shifts(asked: Asked) -> drawing.Figure:
    """Ranks by two runs, or in two periods of one."""
    return drawing.shifts_of(
        asked.other,
        asked.made,
        (asked.before, asked.period),
        asked.language,
        results=("" if asked.other is not asked.made else asked.result, asked.result),
        marked={asked.unit},
        narrow=asked.narrow,
    )


def course(asked: Asked) -> drawing.Figure:
    """The scores of a unit over the periods."""
    table, scores = asked.made.table, asked.made.published[asked.result]
    rows = [row for row, unit in enumerate(table.units) if unit == asked.unit]
    if not rows:
        raise Faulty([Fault(asked.unit or "unit", "no_unit", "is no unit of this run")])
    points = tuple(
        drawing.observed(table.periods[row], None if np.isnan(scores[row]) else float(scores[row]))
        for row in rows
    )
    title = f"{title_of(asked.made, asked.language)} {asked.unit}"
    decimals = asked.made.recipe.decimals
    return drawing.trend_of(
        [trend.Series(asked.unit, points)],
        asked.language,
        title=title,
        decimals=3 if decimals is None else decimals,
        narrow=asked.narrow,
    )


FIGURES: dict[str, Callable[[Asked], drawing.Figure]] = {
    "wheel": wheel,
    "quadrant": quadrant,
    "ranks": ranks,
    "profile": profile,
    "importance": importance,
    "shifts": shifts,
    "trend": course,
}


@click.command("draw", short_help="繪圖 · draw")
@click.argument("figure", type=click.Choice(list(FIGURES)))
@click.argument("folder", metavar="RUN", type=FOLDER)
@click.option("--unit", default="", help="單位代碼 · code of a unit")
@click.option("--period", default="", help="期間，預設為最後一期 · period; else the last one")
@click.option("--result", default="", help="綜合指數代碼 · code of a result or a group")
@click.option("--before", default="", help="名次變動之前期 · the period ranks moved from")
@click.option("--other", type=FOLDER, help="名次變動之另一份結果 · the run ranks moved from")
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="語言 · language",
)
@click.option("--narrow", is_flag=True, help="手機版面 · for a phone")
@click.option("--width", type=click.IntRange(64, 4096), default=1200, help="PNG 寬度 · of a PNG")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=".svg、.png 或 .pdf · the file, by its ending",
)
def draw_command(
    figure: str,
    folder: Path,
    unit: str,
    period: str,
    result: str,
    before: str,
    other: Path | None,
    language: drawing.Language,
    narrow: bool,
    width: int,
    out: Path,
) -> None:
    """由一份結果繪圖（福祉輪、象限圖、名次區間、單位剖面、實際重要性、名次變動、趨勢），
    並在旁寫出同內容之 CSV 表。
    · Draw from a result: wheel, quadrant, rank intervals, profile, importance, shifts of ranks,
    trend. The same content is written beside it as a CSV table."""
    if out.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"--out: {', '.join(ENDINGS)}")
    try:
        made, data = keeping.again(folder)
        result = result or made.recipe.results[0]
        if result not in made.rank:
            raise Faulty([Fault(result, "no_result", "is no result or group of this run")])
        if unit and unit not in made.table.units:
            raise Faulty([Fault(unit, "no_unit", "is no unit of this run")])
        last = period or max(made.table.periods, default="")
        beside = keeping.again(other)[0] if other else made
        earlier = before or (max(beside.table.periods, default="") if other else "")
        asked = Asked(made, data, unit, last, earlier, beside, result, language, narrow)
        drawn = FIGURES[figure](asked)
        content = _file(drawn, out.suffix.lower(), language, width)
    except Faulty as error:
        raise refusal(error) from error
    except export.FontMissingError as error:
        raise click.ClickException(f"缺少中文字型 · no font for this: {error}") from error
    out.write_bytes(content)
    out.with_suffix(".csv").write_bytes(keeping.csv_of(drawn.header, drawn.rows))
    click.echo(f"{out}\n{out.with_suffix('.csv')}")


def _file(drawn: drawing.Figure, ending: str, language: drawing.Language, width: int) -> bytes:
    if ending == ".png":
        return export.png(drawn, width)
    return export.pdf(drawn, language) if ending == ".pdf" else drawn.svg.encode()
