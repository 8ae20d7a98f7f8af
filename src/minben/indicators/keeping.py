"""A run in a folder (計算結果): everything it was made from, and everything that came of it.

``recipe.json`` and ``data/`` are what was used, to the byte; the rest can be made again from them
and must come out equal, byte by byte. Numbers are told with twelve significant digits: the last
few of sixteen depend on the machine.
"""

import csv
import hashlib
import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import canonical
from minben.indicators.engine.running import ENGINE, Run, run
from minben.indicators.engine.table import Table, Values
from minben.indicators.reading.checking import check, facts_of, idle
from minben.indicators.reading.folder import content_of, digest, table_from, table_of
from minben.indicators.reading.panels import panel_of
from minben.indicators.reading.remarks import Remark
from minben.indicators.shipped import load

RECIPE, DATA, SUMMARY = "recipe.json", "data", "run.json"
INPUTS = {"engine": "engine", "recipe_file_sha256": RECIPE, "data_sha256": f"{DATA}/"}


def told(value: float) -> str:
    """A number in a file; missing is an empty cell."""
    return "" if math.isnan(value) else f"{value:.12g}"


def made(recipe_json: bytes, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """Compute, and give the files of the result by name. Raises Faulty."""
    recipe = load(RECIPE, recipe_json)
    content = content_of(data, recipe)
    panel = panel_of(content, recipe.columns)
    result = run(recipe, table_from(panel, recipe))
    remarks = (*check(content, facts_of(recipe), panel=panel), *idle(result))
    return {
        "scores.csv": _scores(result),
        "indicators.csv": _indicators(result),
        "cells.csv": _cells(result),
        "weights.csv": _weights(result),
        "scales.csv": _scales(result),
        "remarks.csv": _remarks(remarks),
        SUMMARY: _summary(result, recipe_json, data, remarks),
    }


def write(folder: Path, recipe_json: bytes, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """Compute into a new or empty folder; returns the result's files. Raises Faulty."""
    if folder.exists() and any(folder.iterdir()):
        raise Faulty([Fault(str(folder), "not_empty", "is there and not empty")])
    results = made(recipe_json, data)
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    (folder / RECIPE).write_bytes(recipe_json)
    for name, content in data.items():
        path = folder / DATA / name
        path.parent.mkdir(parents=True, exist_ok=True)  # tables of a data package keep their folder
        path.write_bytes(content)
    for name, content in results.items():
        (folder / name).write_bytes(content)
    return results


def again(folder: Path) -> tuple[Run, Table]:
    """A run made again in memory, and the data it was made from. Raises Faulty."""
    recipe_json, data = _inputs(folder)
    recipe = load(RECIPE, recipe_json)
    table = table_of(data, recipe)
    return run(recipe, table), table


def _inputs(folder: Path) -> tuple[bytes, dict[str, bytes]]:
    if not (folder / RECIPE).is_file() or not (folder / DATA).is_dir():
        raise Faulty([Fault(str(folder), "no_run", "is no run: recipe.json or data/ is missing")])
    home = folder / DATA
    files = (one for one in home.rglob("*") if one.is_file())
    data = {one.relative_to(home).as_posix(): one.read_bytes() for one in files}
    if not data:
        raise Faulty([Fault(f"{folder}/{DATA}", "no_data", "holds no file")])
    return (folder / RECIPE).read_bytes(), dict(sorted(data.items()))


def first_difference(folder: Path) -> str:
    """Make a run again from its recipe and data; the first difference, or nothing.

    Raises:
        Faulty: the folder is no run, or its recipe or data cannot be used.
    """
    results = made(*_inputs(folder))
    if found := _other_inputs(folder, results[SUMMARY]):
        return found
    for name, content in results.items():
        path = folder / name
        if not path.is_file():
            return f"{name}: is missing"
        if found := _difference(name, path.read_bytes(), content):
            return found
    extra = sorted(one.name for one in folder.glob("*") if one.name not in (*results, RECIPE, DATA))
    return f"{extra[0]}: was not made by the run" if extra else ""


def _other_inputs(folder: Path, again: bytes) -> str:
    """That a run says it was made of other things than are there; nothing if that cannot be read."""
    try:
        said = json.loads((folder / SUMMARY).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    now = json.loads(again)
    for key, what in INPUTS.items():
        was = said.get(key) if isinstance(said, dict) else None
        if isinstance(was, str) and was != now[key]:
            return (
                f"{what}: {SUMMARY} says the run was made by {key} {was[:64]}, this is {now[key]}"
            )
    return ""


def _difference(name: str, there: bytes, again: bytes) -> str:
    if there == again:
        return ""
    lines = zip(there.split(b"\n"), again.split(b"\n"), strict=False)
    for number, (old, new) in enumerate(lines, start=1):
        if old != new:
            was, now = old.decode("utf-8", "replace"), new.decode("utf-8", "replace")
            return f"{name}, line {number}: has {was[:200]!r}, computed {now[:200]!r}"
    return f"{name}: is longer or shorter than computed"


def csv_of(header: Iterable[str], rows: Iterable[Iterable[str]], ends: str = "\n") -> bytes:
    """A table as a file, in UTF-8; `ends` ends a line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=ends)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _scores(result: Run) -> bytes:
    """Every composite of every row, with its rank, among how many, and what was observed."""
    table = result.table
    header = ("unit", "period", "code", "score", "unrounded", "rank", "of", "coverage")
    return csv_of(
        header,
        (
            (
                table.units[row],
                table.periods[row],
                group.code,
                told(result.published[group.code][row]),
                told(result.scores[group.code][row]),
                told(result.rank[group.code][row]),
                told(result.ranked[group.code][row]),
                told(result.coverage[group.code][row]),
            )
            for group in result.recipe.groups
            for row in range(len(table))
        ),
    )


def _indicators(result: Run) -> bytes:
    """Every indicator, before and after normalisation."""
    table = result.table

    def line(code: str, row: int) -> tuple[str, ...]:
        before: Values = table.columns[code]
        score = told(result.scores[code][row])
        return (table.units[row], table.periods[row], code, told(before[row]), score)

    rows = (line(one.code, row) for one in result.recipe.indicators for row in range(len(table)))
    return csv_of(("unit", "period", "code", "value", "normalised"), rows)


def _cells(result: Run) -> bytes:
    withheld = (
        (result.table.units[row], result.table.periods[row], code, "withheld", "", "", "coverage")
        for code, rows in result.withheld.items()
        for row in rows
    )
    changed = (
        (c.unit, c.period, c.column, c.what, told(c.before), told(c.after), c.why)
        for c in result.cells
    )
    header = ("unit", "period", "code", "what", "before", "after", "why")
    return csv_of(header, (*changed, *withheld))


def _weights(result: Run) -> bytes:
    rows = (
        (group.code, member.code, told(float(weight)))
        for group in result.recipe.groups
        for member, weight in zip(
            result.recipe.children[group.code], result.weights[group.code], strict=True
        )
    )
    return csv_of(("group", "member", "weight"), rows)


def _scales(result: Run) -> bytes:
    rows = (
        (code, period, scale.rule.method, told(scale.low), told(scale.high))
        for (code, period), scale in result.scales.items()
    )
    return csv_of(("code", "period", "method", "low", "high"), rows)


def _remarks(remarks: Iterable[Remark]) -> bytes:
    """What was noticed about the data; none of it changes a score."""
    return csv_of(("where", "code", "remark"), ((one.where, one.code, one.text) for one in remarks))


def _summary(
    result: Run, recipe_json: bytes, data: Mapping[str, bytes], remarks: Sequence[Remark]
) -> bytes:
    """What identifies the run, and how many of what it tells.

    A recipe is known by its contents, however they are written; its file by its bytes.
    """
    recipe = result.recipe
    document = {
        "recipe": recipe.code,
        "recipe_sha256": recipe.id,
        "recipe_file_sha256": hashlib.sha256(recipe_json).hexdigest(),
        "data_sha256": digest(data),
        "engine": ENGINE,
        "rows": len(result.table),
        "periods": sorted(result.table.by_period),
        "results": list(recipe.results),
        "cells": {
            what: sum(cell.what == what for cell in result.cells)
            for what in sorted({cell.what for cell in result.cells})
        },
        "remarks": dict(sorted(Counter(one.code for one in remarks).items())),
        "withheld": {code: len(rows) for code, rows in result.withheld.items() if rows},
    }
    pretty = json.dumps(json.loads(canonical(document)), ensure_ascii=False, indent=1)
    return (pretty + "\n").encode()
