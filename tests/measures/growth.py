"""How time grows with units × indicators: tables and recipes of any size, and a picture of it.

python -m tests.measures.growth docs/bench/indicators.json docs/bench/indicators.svg
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from math import log10
from pathlib import Path
from typing import Any

import numpy as np

from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.robustness import intervals
from minben.indicators.engine.running import run
from minben.indicators.engine.table import Table

IN_GROUP, DRAWS, TIMES = 7, 1000, 3
SERIES = {  # name: what it is, colour, dashes, shape of its marks
    "run": ("one run", "#1d5b79", "", "circle"),
    "draws": (f"{DRAWS:,} draws of weights", "#b4531f", "6 3", "square"),
    "favoured": ("a run with weights for each unit", "#5a7d2a", "2 3", "triangle"),
    "sort": ("numpy sorts the same table", "#666666", "10 4", "diamond"),
}


def recipe_of(indicators: int, weights: str = "given") -> Recipe:
    """Groups of seven indicators in one result; outliers treated, min-max."""
    groups = [f"g{n}" for n in range(-(-indicators // IN_GROUP))]
    return read(
        {
            "format": "minben-recipe-1",
            "code": f"growth-{indicators}",
            "groups": [{"code": "all"}, *({"code": one, "parent": "all"} for one in groups)],
            "indicators": [
                {"code": f"i{n}", "parent": groups[n // IN_GROUP]} for n in range(indicators)
            ],
            "treat": {"most": 5},
            "weights": weights,
        }
    )


def table_of(units: int, indicators: int) -> Table:
    """Skewed values, one in twenty missing; the same for the same size."""
    random = np.random.Generator(np.random.PCG64(units * 100_003 + indicators))
    values = random.lognormal(0, 1, (units, indicators))
    values[random.random(values.shape) < 0.05] = np.nan
    columns = {f"i{n}": values[:, n].copy() for n in range(indicators)}
    return Table(tuple(f"u{n}" for n in range(units)), ("",) * units, columns, {})


def fastest(work: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds of the fastest of some goes."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return round(1000 * min(took), 3)


def measured(units: int, indicators: int, *, favoured: bool) -> dict[str, Any]:
    """Each series at one size, one after the other in the same process."""
    recipe, data = recipe_of(indicators), table_of(units, indicators)
    made = run(recipe, data)
    values = np.column_stack(list(data.columns.values()))
    found = {
        "units": units,
        "indicators": indicators,
        "sort": fastest(lambda: np.sort(values, axis=0)),
        "run": fastest(lambda: run(recipe, data)),
        "draws": fastest(lambda: intervals(made, data, "all", draws=DRAWS)),
    }
    if favoured:
        other = recipe_of(indicators, "bod")
        found["favoured"] = fastest(lambda: run(other, data), 1)
    return found


def svg(result: Mapping[str, Any]) -> str:
    """Time against cells, both by powers of ten; series told apart by colour, dashes and marks."""
    points = sorted(result["points"], key=lambda one: one["units"] * one["indicators"])
    cells = [one["units"] * one["indicators"] for one in points]
    times = [one[name] for one in points for name in SERIES if name in one]
    x0, x1 = int(log10(min(cells))), -int(-log10(max(cells)) // 1)
    y0, y1 = int(log10(min(times)) // 1), -int(-log10(max(times)) // 1)
    width, height, left, top, wide, high = 760, 470, 70, 60, 460, 350

    def x(value: float) -> float:
        return round(left + wide * (log10(value) - x0) / (x1 - x0), 1)

    def y(value: float) -> float:
        return round(top + high * (1 - (log10(value) - y0) / (y1 - y0)), 1)

    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="sans-serif" font-size="13" role="img"'
        ' aria-label="Milliseconds against units times indicators; the numbers stand in the JSON">'
    )
    parts = [head, f'<rect width="{width}" height="{height}" fill="#fbf8f1"/>']
    parts.append(
        '<text x="16" y="24" font-weight="bold" font-size="15">Indicators: time against'
        " units × indicators</text>"
    )
    parts.append(f'<text x="16" y="42">{result["machine"]}, {result["at"]}</text>')
    for power in range(x0, x1 + 1):
        at = x(10.0**power)
        parts.append(f'<path d="M{at} {top}V{top + high}" stroke="#ddd4c0"/>')
        parts.append(
            f'<text x="{at}" y="{top + high + 18}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(y0, y1 + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{left} {at}H{left + wide}" stroke="#ddd4c0"/>')
        parts.append(f'<text x="{left - 8}" y="{at + 4}" text-anchor="end">{10.0**power:g}</text>')
    parts.append(
        f'<text x="{left + wide / 2}" y="{height - 12}" text-anchor="middle">units × indicators'
        " (ms upwards)</text>"
    )
    for n, (name, look) in enumerate(SERIES.items()):
        there = [(x(c), y(one[name])) for c, one in zip(cells, points, strict=True) if name in one]
        parts += _line(there, look, left + wide + 24, top + 20 + 24 * n)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(
    points: Sequence[tuple[float, float]], look: tuple[str, str, str, str], x: int, y: int
) -> list[str]:
    told, colour, dashes, mark = look
    path = "M" + "L".join(f"{a} {b}" for a, b in points)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    parts = [f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>']
    parts += [_mark(mark, a, b, colour) for a, b in points]
    parts.append(_mark(mark, x, y - 4, colour))
    parts.append(f'<text x="{x + 12}" y="{y}">{told}</text>')
    return parts


def _mark(mark: str, x: float, y: float, colour: str) -> str:
    if mark == "circle":
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'
    shapes = {
        "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        "triangle": ((0, -5), (5, 4), (-5, 4)),
        "diamond": ((0, -5), (5, 0), (0, 5), (-5, 0)),
    }
    at = " ".join(f"{round(x + a, 1)},{round(y + b, 1)}" for a, b in shapes[mark])
    return f'<polygon points="{at}" fill="{colour}"/>'


if __name__ == "__main__":
    source, target = (Path(one) for one in sys.argv[1:3])
    target.write_text(svg(json.loads(source.read_text("utf-8"))), "utf-8")
