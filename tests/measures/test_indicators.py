"""How long indicators take: growth with units × indicators, the whole HDI, ten thousand draws.

    make measures

It prints what it measured as JSON and writes it to ``build/indicators.json``. Each size is measured
beside a sort of the same table, so that a slow machine is seen as one. That draws are not taken
one by one is asserted without a clock in tests/rules/indicators/test_robust.py.
"""

import json
import os
import platform
from pathlib import Path
from typing import Any

import numpy as np

from minben.indicators.engine.robustness import rank_intervals
from minben.indicators.engine.running import run
from minben.indicators.engine.table import Table
from minben.indicators.shipped import find
from minben.kernel import clock
from tests.indicator_samples import HDR, needs_real, numbers, rows_of, table
from tests.measures.growth import fastest, measured

SIZES = ((20, 7), (50, 21), (50, 49), (200, 49), (200, 140), (1000, 140), (2000, 350))
FAVOURED = 200  # units: above it a linear programme for each unit and group takes minutes
ROOT = Path(__file__).parents[2]


def told(name: str, found: dict[str, Any]) -> None:
    out = ROOT / "build" / name
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print("\n" + json.dumps(found))


def test_growth() -> None:
    measured(5, 7, favoured=True)  # scipy is loaded once, by whoever needs it first
    points = [measured(*size, favoured=size[0] <= FAVOURED) for size in SIZES]
    told(
        "indicators.json",
        {
            "bench": "indicators",
            "at": clock.now().isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()},"
            f" numpy {np.__version__}, load {os.getloadavg()[0]:.1f}",
            "points": points,
        },
    )
    small, large = points[2], points[-1]
    cells = large["units"] * large["indicators"] / (small["units"] * small["indicators"])
    # Twice as many cells may take somewhat more than twice as long, for ranks are sorted.
    for name in ("run", "draws"):
        assert large[name] / small[name] < 3 * cells


@needs_real
def test_hdi_of_all_years_under_a_second_and_ten_thousand_draws_under_twenty() -> None:
    rows = rows_of(HDR, "latin-1")
    cells = [(row, str(year)) for row in rows for year in range(1990, 2023)]
    hdi = find("hdi-2010")
    columns = {name: numbers(row[f"{name}_{year}"] for row, year in cells) for name in hdi.columns}
    units, periods = tuple(row["iso3"] for row, _ in cells), tuple(year for _, year in cells)
    years = Table(units, periods, columns, {})
    asem = find("asem-2018")
    data = table(
        rows_of("coinr/ASEM_iData.csv"), "uCode", {c: c for c in asem.columns}, *asem.labels
    )
    found = {
        "hdi_ms": fastest(lambda: run(hdi, years)),
        "asem_ms": fastest(lambda: run(asem, data)),
        "asem_10000_draws_ms": fastest(lambda: rank_intervals(asem, data, "Index", draws=10_000)),
        "load": round(os.getloadavg()[0], 1),
    }
    told("indicators-published.json", found)
    assert found["hdi_ms"] < 1000
    assert found["asem_10000_draws_ms"] < 20_000
