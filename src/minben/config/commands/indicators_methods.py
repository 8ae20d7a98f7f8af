"""`minben indicators schema|weights|shadow|robust`: methods looked into (計算方法之檢視)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import click

from minben.indicators import keeping, shipped
from minben.indicators.engine import reports
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.many import rows_of
from minben.indicators.engine.robustness import grid, intervals
from minben.indicators.engine.running import ENGINE, Run
from minben.indicators.engine.scenarios import OWN, Choices
from minben.indicators.engine.sensitivity import what_moves_ranks
from minben.indicators.engine.shadow import Shadow
from minben.indicators.engine.shadow import shadow as shadowed
from minben.indicators.engine.table import Table
from minben.indicators.reading.folder import contents, digest, table_of

FOLDER = click.Path(file_okay=False, path_type=Path)
SPREAD = 0.25
NORMALISATIONS, AGGREGATIONS = (OWN, "minmax", "zscore", "percentile"), (OWN, "geometric")
IMPUTATIONS = (OWN, "none", "median")
DRAWS = click.option(
    "--draws",
    type=click.IntRange(1, 1_000_000),
    default=1000,
    show_default=True,
    help="隨機抽取次數 · random draws",
)
SEED = click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="隨機種子，同種子得同結果 · seed; the same one gives the same result",
)


def refusal(error: Faulty) -> click.ClickException:
    """What was wrong, line by line."""
    lines = "\n".join(f"  {fault} [{fault.code}]" for fault in error.faults)
    return click.ClickException(f"未計算 · nothing was computed:\n{lines}")


def table_csv(report: reports.Report) -> bytes:
    """A report as a file; numbers as in a run."""
    header, rows = report
    return keeping.csv_of(header, ([_told(value) for value in row] for row in rows))


def _told(value: reports.Value) -> str:
    return keeping.told(value) if isinstance(value, float) else str(value)


def empty(out: Path) -> Path:
    """A folder that is new or empty. Raises Faulty."""
    if out.exists() and any(out.iterdir()):
        raise Faulty([Fault(str(out), "not_empty", "is there and not empty")])
    out.mkdir(parents=True, exist_ok=True)
    return out


def progress(name: str) -> Callable[[int, int], None]:
    """Tells on the error stream how far long work is, at most once a second."""
    begun = last = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= 1 or (done == total and last > begun):
            last = monotonic()
            click.echo(f"{name}: {done:,} / {total:,}", err=True)

    return tell


def _pretty(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _identity(made: Run, folder: Path) -> dict[str, Any]:
    """What a run is known by, from its own summary."""
    told = json.loads((folder / "run.json").read_bytes())
    return {
        "recipe": made.recipe.code,
        "recipe_sha256": made.recipe.id,
        "data_sha256": told.get("data_sha256", ""),
        "engine": ENGINE,
    }


@click.command("schema", short_help="計算方法之格式 · the format of recipes")
def schema_command() -> None:
    """印出計算方法文件之 JSON Schema。 · Print the JSON Schema of recipes."""
    click.echo(shipped.schema_text(), nl=False)


@click.command("weights", short_help="各單位之權重 · weights of each unit")
@click.argument("folder", type=FOLDER)
def weights_command(folder: Path) -> None:
    """以 CSV 印出疑點利益法（bod）下各單位自己的權重與貢獻比例。
    · Print as CSV the weights of each unit, and what each member contributes, where a group
    weighs in favour of each unit (bod)."""
    try:
        made, _ = keeping.again(folder)
        if not made.own_weights:
            text = "weighs all units alike; weights.csv has the weights"
            raise Faulty([Fault(made.recipe.code, "one_weight", text)])
    except Faulty as error:
        raise refusal(error) from error
    click.echo(table_csv(reports.own_weights(made)).decode(), nl=False)


@click.command("shadow", short_help="自行估算 · own estimates")
@click.argument("folder", metavar="RUN", type=FOLDER)
@click.option("--data", "data_folder", type=FOLDER, required=True, help="資料夾 · folder of data")
@click.option("--errors", type=FOLDER, help="標準誤，欄位同資料 · standard errors, columns alike")
@DRAWS
@SEED
@click.option("--out", type=FOLDER, required=True, help="結果資料夾 · folder for the result")
def shadow_command(
    folder: Path, data_folder: Path, errors: Path | None, draws: int, seed: int, out: Path
) -> None:
    """以既有計算 RUN 之尺度、目標值、權重，為未列入之單位評分；他人之分數與名次皆不變。
    結果為自行估算，附其應有之名次與名次區間。
    · Score units that are not in RUN by its scales, goalposts and weights; nobody else moves. The
    result is an own estimate, with the rank each unit would have and how far that rank moves
    with other weights, rounding and standard errors."""
    try:
        made, data = keeping.again(folder)
        files = contents(data_folder)
        new = table_of(files, made.recipe)
        known = table_of(contents(errors), made.recipe) if errors else None
        found = shadowed(made, data, new, errors=known, draws=draws, seed=seed, spread=SPREAD)
        where = empty(out)
    except Faulty as error:
        raise refusal(error) from error
    summary = _identity(made, folder) | {
        "label": {"zh": "自行估算，非發布者之結果", "en": "own estimate, not the publisher's"},
        "new_data_sha256": digest(files),
        "errors": errors is not None,
        "draws": draws,
        "seed": seed,
        "spread_of_weights": SPREAD,
        "digits_of_columns": dict(sorted(found.decimals.items())),
        "notes": list(found.notes),
    }
    (where / "estimates.csv").write_bytes(table_csv(reports.estimates(found)))
    (where / "cells.csv").write_bytes(table_csv(_cells(found)))
    (where / "shadow.json").write_bytes(_pretty(summary))
    click.echo((where / "estimates.csv").read_text("utf-8"), nl=False)


def _cells(found: Shadow) -> reports.Report:
    """What of the new units is not what was observed."""
    header = ("unit", "period", "code", "what", "before", "after", "why")
    return header, [
        (one.unit, one.period, one.column, one.what, one.before, one.after, one.why)
        for one in found.cells
    ]


@click.command("robust", short_help="穩健性 · how much of a ranking is the method")
@click.argument("folder", metavar="RUN", type=FOLDER)
@DRAWS
@click.option(
    "--samples",
    type=click.IntRange(2, 1_000_000),
    default=512,
    show_default=True,
    help="每一因子之抽樣數 · samples of each factor, for Sobol indices",
)
@SEED
@click.option("--period", default="", help="期間，預設為最後一期 · period; else the last one")
@click.option("--out", type=FOLDER, required=True, help="結果資料夾 · folder for the result")
def robust_command(
    folder: Path, draws: int, samples: int, seed: int, period: str, out: Path
) -> None:
    """逐一移除、換一種做法、隨機抽取權重與做法、Sobol 敏感度指標、相關、主成分、實際重要性；
    同一種子得同樣之檔案。
    · Leaving out one element, a grid of other ways, thousands of draws of weights and ways, Sobol
    indices, correlations, components, effective importance, as CSV. The same seed gives the same
    bytes."""
    try:
        made, data = keeping.again(folder)
        period = period or max(made.table.periods, default="")
        mask = rows_of(made, period)
        where = empty(out)
    except Faulty as error:
        raise refusal(error) from error
    work = _Work(made, data, period, draws, samples, seed)
    for result in made.recipe.results:
        work.of(result)
    work.add("correlations", reports.correlated(made, period, mask))
    work.add("components", reports.components(made, period, mask))
    work.add("importance", reports.decisive(made, period, mask))
    for name, report in work.files.items():
        (where / f"{name}.csv").write_bytes(table_csv(report))
    summary = _identity(made, folder) | {
        "period": period,
        "draws": draws,
        "samples": samples,
        "seed": seed,
        "spread_of_weights": SPREAD,
        "refused": work.refused,
    }
    (where / "robust.json").write_bytes(_pretty(summary))
    click.echo("\n".join(str(where / name) for name in sorted(one.name for one in where.iterdir())))


@dataclass
class _Work:
    """The parts of a robustness report; a part that cannot be made is told and left out."""

    made: Run
    data: Table
    period: str
    draws: int
    samples: int
    seed: int
    files: dict[str, reports.Report] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def add(self, name: str, report: reports.Report) -> None:
        """Rows of one result after those of another, under one header."""
        header, rows = report
        self.files.setdefault(name, (header, []))[1].extend(rows)

    def of(self, result: str) -> None:
        """All that is made of one result."""
        for name, part in (
            ("remove_one", self.left_out),
            ("grid", self.grid),
            ("ranks", self.ranks),
            ("sobol", self.sobol),
        ):
            try:
                part(result)
            except Faulty as error:
                self.refused += [f"{name} {result}: {fault}" for fault in error.faults]

    def left_out(self, result: str) -> None:
        """Leaving out each element."""
        self.add("remove_one", reports.left_out(self.made, self.data, result))

    def grid(self, result: str) -> None:
        """Every combination of other ways."""
        found = grid(self.made, self.data, result)
        self.add("grid", reports.scenarios(result, found))
        self.add("grid_ranks", reports.scenario_ranks(self.made, result, found))

    def ranks(self, result: str) -> None:
        """Draws of the weights alone, then of the ways too."""
        every = Choices(NORMALISATIONS, (OWN,), AGGREGATIONS, IMPUTATIONS)
        for drawn, choices in (("weights", Choices()), ("weights and ways", every)):
            found = intervals(
                self.made,
                self.data,
                result,
                draws=self.draws,
                seed=self.seed,
                spread=SPREAD,
                choices=choices,
                period=self.period,
                progress=progress(f"{result}, {drawn}"),
            )
            self.add("ranks", reports.rank_ranges(self.made, result, self.period, drawn, found))
            self.refused += [f"ranks {result}: {one}" for one in found.refused]

    def sobol(self, result: str) -> None:
        """What moves the ranks."""
        found = what_moves_ranks(
            self.made,
            self.data,
            result,
            period=self.period,
            samples=self.samples,
            seed=self.seed,
            spread=SPREAD,
            choices=Choices(normalisations=NORMALISATIONS, aggregations=AGGREGATIONS),
            progress=progress(f"{result}, sobol"),
        )
        self.add("sobol", reports.sobol_indices(result, self.period, found.indices))
        self.refused += [f"sobol {result}: {one}" for one in found.refused]
