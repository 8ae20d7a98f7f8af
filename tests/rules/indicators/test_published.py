"""What was published comes out of our own computing, number by number."""

import numpy as np
import pytest

from minben.indicators.engine.exploring import (
    correlations,
    cronbach,
    first_component,
    importance,
)
from minben.indicators.engine.moments import kurtosis, skewness
from minben.indicators.engine.robustness import remove_one
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.table import Table
from minben.indicators.engine.treating import treated
from minben.indicators.shipped import find
from tests.indicator_samples import HDR, needs_real, numbers, rows_of, table

pytestmark = needs_real
EGDI = {"osi": "osi", "tii": "tii", "hci": "hci"}
PILLARS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")


@pytest.fixture(scope="module")
def asem_data() -> Table:
    recipe = find("asem-2018")
    rows = rows_of("coinr/ASEM_iData.csv")
    return table(rows, "uCode", {name: name for name in recipe.columns}, *recipe.labels)


@pytest.fixture(scope="module")
def asem(asem_data: Table) -> Run:
    return run(find("asem-2018"), asem_data)


SCORES = {
    "CHE": 68.38,
    "NLD": 64.82,
    "DNK": 64.80,
    "NOR": 64.47,
    "BEL": 63.54,
    "SWE": 63.00,
    "IND": 39.79,
}
SWISS = {
    "Conn": 62.79,
    "Sust": 73.98,
    "Physical": 63.41,
    "ConEcFin": 32.87,
    "Political": 74.78,
    "Instit": 85.94,
    "P2P": 56.93,
    "Environ": 77.21,
    "Social": 87.85,
    "SusEcFin": 56.88,
}


def test_asem_scores_and_ranks(asem: Run) -> None:
    place = {unit: row for row, unit in enumerate(asem.table.units)}
    for unit, score in SCORES.items():
        assert asem.scores["Index"][place[unit]] == pytest.approx(score, abs=0.005), unit
    for code, score in SWISS.items():
        assert asem.scores[code][place["CHE"]] == pytest.approx(score, abs=0.005), code
    ranks = [int(asem.rank["Index"][place[unit]]) for unit in SCORES]
    assert ranks == [1, 2, 3, 4, 5, 6, 45]
    assert set(asem.ranked["Index"]) == {51.0}


def test_asem_correlations_components_and_reliability(asem: Run, asem_data: Table) -> None:
    levels = np.column_stack([asem.scores[code] for code in ("Index", "Conn", "Sust")])
    assert correlations(levels)[0, 1:] == pytest.approx([0.9397805, 0.8382873], abs=1e-7)
    conn, sust = (np.column_stack([asem.scores[c] for c in p]) for p in (PILLARS[:5], PILLARS[5:]))
    expected = [0.5117970, 0.3049926, 0.3547671, 0.5081540, 0.5108455]
    assert first_component(conn)[0] == pytest.approx(expected, abs=1e-7)
    expected = [0.6513188, -0.7443677, 0.1473108]
    found = first_component(sust)[0]
    assert found * np.sign(found[0]) == pytest.approx(expected, abs=1e-7)
    people = [one.code for one in asem.recipe.children["P2P"]]
    raw = np.column_stack([asem_data.columns[code] for code in people])
    assert cronbach(raw) == pytest.approx(0.05126659, abs=1e-8)
    assert cronbach(raw, pairwise=False) == pytest.approx(0.0493672, abs=1e-7)


def test_asem_without_one_pillar(asem_data: Table) -> None:
    moved = remove_one(find("asem-2018"), asem_data, PILLARS, "Index")
    expected = (1.529412, 2.627451, 2.901961, 1.176471, 1.686275, 3.098039, 3.960784, 2.627451)
    assert list(moved.values()) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("column", "before", "points", "after"),
    [
        ("Flights", (2.103287, 4.508879), 1, (1.900658, 3.336065)),
        ("Goods", (2.649973, 8.266610), 2, (1.140608, 0.1572047)),
        ("Services", (1.701085, 2.375656), 0, (1.701085, 2.375656)),
    ],
)
def test_asem_treatment(
    asem_data: Table,
    column: str,
    before: tuple[float, float],
    points: int,
    after: tuple[float, float],
) -> None:
    values = asem_data.columns[column]
    assert (skewness(values), kurtosis(values)) == pytest.approx(before, abs=1e-6)
    tamed, _what = treated(values, find("asem-2018").treatment)
    assert np.sum(tamed != values) - np.sum(np.isnan(values)) == points
    assert (skewness(tamed), kurtosis(tamed)) == pytest.approx(after, abs=1e-6)


def egdi(year: int) -> tuple[Run, list[dict[str, str]]]:
    rows = rows_of(f"egdi/egdi-{year}.csv")
    code = f"egdi-{year}"
    return run(find(code), table(rows, "country-code", EGDI)), rows


@pytest.mark.parametrize(("year", "tolerance"), [(2010, 8e-6), (2014, 2.5e-5), (2018, 0)])
def test_egdi(year: int, tolerance: float) -> None:
    """Within what the digits of the components leave open, and every rank as it was published."""
    found, rows = egdi(year)
    published = numbers(row["e-gov-index"] for row in rows)
    off = np.abs(found.published["egdi"] - published)
    assert np.sum(np.isnan(off)) == (year == 2010)  # South Sudan was not yet there
    assert np.nanmax(off) <= tolerance + 1e-12
    ranked = ~np.isnan(off)
    told = numbers(row["e-gov-rank"] for row in rows)
    assert found.rank["egdi"][ranked].tolist() == told[ranked].tolist()


def test_egdi_2010_publishes_zero_for_a_missing_component() -> None:
    found, rows = egdi(2010)
    lacking = [row["country-code"] for row in rows if row["osi"] and not row["hci"]]
    scores = dict(zip(found.table.units, found.published["egdi"], strict=True))
    assert len(lacking) == 9
    assert {scores[unit] for unit in lacking} == {0.0}


def test_egdi_2018_and_2020_to_the_last_digit() -> None:
    found, rows = egdi(2018)
    assert found.published["egdi"].tolist() == [float(row["e-gov-index"]) for row in rows]
    rows = rows_of("egdi/egdi-2020-undp.csv")
    columns = {
        "osi": "Online Service Index",
        "tii": "Telecommunication Infrastructure Index",
        "hci": "Human Capital Index",
    }
    found = run(find("egdi-2018"), table(rows, "Country Name", columns))
    assert found.published["egdi"].tolist() == [float(row["E-Government Index"]) for row in rows]
    assert len(rows) == 193


def test_components_of_the_egdi_do_not_decide_equally() -> None:
    """The survey says that z-scores make all three decide alike. After its last step, min-max, the
    spreads differ again, and so does what each component decides."""
    made = egdi(2018)[0]
    found = {one.code: one for one in importance(made, "egdi")}
    assert {round(one.nominal, 9) for one in found.values()} == {round(1 / 3, 9)}
    spreads = {code: float(np.std(made.scores[code])) for code in found}
    assert max(spreads.values()) / min(spreads.values()) > 1.3
    # Squared correlation with the index, as a share; computed here once more, by other means.
    index = made.scores["egdi"]
    squares = {code: np.corrcoef(made.scores[code], index)[0, 1] ** 2 for code in found}
    for code, one in found.items():
        assert one.effective == pytest.approx(squares[code] / sum(squares.values()))
    assert found["tii"].effective > found["osi"].effective > found["hci"].effective
    assert found["tii"].effective - found["hci"].effective > 0.03


def test_hdi_of_every_country_and_year() -> None:
    rows = rows_of(HDR, "latin-1")
    cells = [(row, str(year)) for row in rows for year in range(1990, 2023)]
    data = Table(
        units=tuple(row["iso3"] for row, _ in cells),
        periods=tuple(year for _, year in cells),
        columns={
            name: numbers(row[f"{name}_{year}"] for row, year in cells)
            for name in ("le", "eys", "mys", "gnipc")
        },
        labels={},
    )
    published = numbers(row[f"hdi_{year}"] for row, year in cells)
    found = run(find("hdi-2010"), data).published["hdi"]
    there = ~np.isnan(published)
    assert np.sum(there) == 6171
    assert np.array_equal(found[there], published[there])


def test_dgi() -> None:
    rows = rows_of("dgi/oecd_dgi_2023.csv")
    by: dict[str, dict[str, str]] = {}
    for row in rows:
        by.setdefault(row["cc_iso3c"], {})[row["variable"]] = row["value"]
    recipe = find("dgi-2023")
    wide = [{"unit": unit} | told for unit, told in by.items()]
    found = run(recipe, table(wide, "unit", {name: name for name in recipe.columns}))
    published = numbers(told["composite_index"] for told in by.values())
    assert len(wide) == 38
    assert np.max(np.abs(found.published["composite_index"] - published)) <= 6e-4
