"""Downloads: every format, the run itself, pictures; what a source does not allow stays here."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from minben.indicators.figures.export import FontMissingError
from minben.indicators.keeping import first_difference
from minben.indicators.queries.runs import computed
from minben.indicators.reading import read_folder
from minben.indicators.views.public import files
from tests.indicator_practice import INDEX, PLAIN, practised

pytestmark = pytest.mark.django_db
BASE = f"/en/indicators/{INDEX}/files/"


def fetched(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def test_scores_as_csv_are_those_of_the_run(client: Client) -> None:
    run = computed(practised()[INDEX].pk).run
    rows = list(csv.DictReader(io.StringIO(fetched(client, f"{BASE}csv").decode())))
    assert len(rows) == 2 * len(run.table)
    place = {key: n for n, key in enumerate(zip(run.table.units, run.table.periods, strict=True))}
    for row in rows:
        score = run.published[row["indicator"]][place[row["unit"], row["period"]]]
        assert row["value"] == ("" if score != score else repr(float(score)).removesuffix(".0"))
        assert row["of"]


@pytest.mark.parametrize(
    ("kind", "name"), [("zip", "x.zip"), ("json", "x.json"), ("sdmx", "x.csv")]
)
def test_every_format_reads_back(client: Client, kind: str, name: str) -> None:
    practised()
    content = read_folder({name: fetched(client, f"{BASE}{kind}")})
    assert content.faults == ()
    numbers = {(o.indicator, o.unit, o.period): o.value for o in content.stated if o.text is None}
    assert numbers["p-access", "B", "2021"] == pytest.approx(38.1)
    assert ("opportunities", "B", "2021") in numbers


def test_the_run_can_be_verified_after_unpacking(client: Client, tmp_path: Path) -> None:
    practised()
    package = fetched(client, f"{BASE}run")
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
    assert first_difference(tmp_path) == ""
    changed = (tmp_path / "scores.csv").read_text().replace("0.", "1.", 1)
    (tmp_path / "scores.csv").write_text(changed)
    assert first_difference(tmp_path).startswith("scores.csv, line")


def test_closed_values_are_not_passed_on_and_scores_are(client: Client) -> None:
    practised(open_terms=False)
    assert client.get(f"{BASE}run").status_code == 404
    assert client.get("/en/indicators/list/p-access/files/csv").status_code == 404
    for form in ("csv", "pdf"):  # a PDF holds the table
        address = f"/en/indicators/{INDEX}/figures/wheel.{form}?unit=B"
        assert client.get(address).status_code == 404
    with zipfile.ZipFile(io.BytesIO(fetched(client, f"{BASE}zip"))) as archive:
        names = archive.namelist()
        described = json.loads(archive.read("datapackage.json"))
    assert "observations.csv" not in names
    assert "scores.csv" in names
    assert "Not passed on" in described["description"]
    page = client.get(f"/en/indicators/{INDEX}/").content.decode()
    assert "a source does not allow it" in page
    assert f"{BASE}run" not in page
    assert "figures/wheel.svg" in page
    assert "figures/wheel.csv" not in page
    assert "figures/wheel.pdf" not in page
    for form in ("svg", "png", "pdf", "csv"):  # these pictures print the values themselves
        address = f"/en/indicators/{INDEX}/figures/profile.{form}?unit=B"
        assert client.get(address).status_code == 404
        address = f"/en/indicators/list/p-access/figures/bars.{form}"
        assert client.get(address).status_code == 404
    assert "figures/bars" not in client.get("/en/indicators/list/p-access/").content.decode()
    told = client.get("/api/v1/indicators/p-access/observations").json()
    assert told["withheld_by_terms"] is True
    assert {one["value"] for one in told["items"]} == {None}


@pytest.mark.parametrize("kind", ["csv", "zip", "json", "sdmx", "bib", "csl"])
def test_one_indicator_in_every_format(client: Client, kind: str) -> None:
    practised()
    assert fetched(client, f"/en/indicators/list/p-access/files/{kind}")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("wheel", INDEX),
        ("quadrant", INDEX),
        ("profile", PLAIN),
        ("ranks", PLAIN),
        ("trend", PLAIN),
        ("shifts", PLAIN),
        ("importance", PLAIN),
        ("sobol", PLAIN),
    ],
)
def test_pictures_as_files(client: Client, kind: str, code: str) -> None:
    practised()
    svg = fetched(client, f"/en/indicators/{code}/figures/{kind}.svg?unit=B&period=2021")
    assert svg.startswith(b"<svg")
    assert svg == fetched(client, f"/en/indicators/{code}/figures/{kind}.svg?unit=B&period=2021")
    table = fetched(client, f"/en/indicators/{code}/figures/{kind}.csv?unit=B&period=2021")
    assert len(table.splitlines()) > 2


def test_pictures_of_one_indicator_as_files(client: Client) -> None:
    practised()
    page = client.get("/en/indicators/list/p-access/?unit=A&unit=B&period=2021").content.decode()
    links = re.findall(r'href="(/en/indicators/list/p-access/figures/[^"]+)"', page)
    assert len(links) == 8  # two pictures, four forms
    for link in (one.replace("&amp;", "&") for one in links if one.split("?")[0][-3:] != "pdf"):
        assert "?unit=A&unit=B&period=2021" in link
        kind, form = link.split("figures/")[1].split("?")[0].split(".")
        answer = client.get(link)
        if form == "png" and answer.status_code == 503:
            continue  # no font with Chinese characters here
        assert answer.status_code == 200
        name = f"p-access-{kind}-A-B-2021.{form}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        if form == "svg":
            shown = page.split(f'id="{kind}-wide-t"')[1].split("</svg>")[0]
            assert shown in answer.content.decode()  # what is seen is what is kept


@pytest.mark.parametrize(
    "address",
    [
        "none/figures/bars.svg",
        "p-access/figures/wheel.svg",
        "p-access/figures/bars.gif",
        "p-access/figures/bars.svg?period=1066",
        "p-access/figures/trend.svg?unit=ZZZ",
    ],
)
def test_no_picture_of_an_indicator(client: Client, address: str) -> None:
    practised()
    assert client.get(f"/en/indicators/list/{address}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "figures/nothing.svg",
        "figures/estimate-wheel.svg",
        "figures/wheel.gif",
        "figures/wheel.svg?unit=ZZZ",
        "figures/wheel.svg?period=1850",
        "figures/shifts.svg?other=1850",
        "figures/map.svg",
        "files/exe",
    ],
)
def test_what_is_no_file_is_not_found(client: Client, address: str) -> None:
    practised()
    assert client.get(f"/en/indicators/{INDEX}/{address}").status_code == 404
    assert client.get(f"/en/indicators/none/{address}").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_to_print(client: Client, form: str, begins: bytes) -> None:
    practised()
    address = f"/en/indicators/{INDEX}/figures/wheel.{form}?unit=B&period=2021"
    answer = client.get(address)
    if answer.status_code == 503:
        pytest.skip("no font with Chinese characters here")
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]


def test_a_host_without_a_font_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practised()

    def refused(*told: object) -> bytes:
        raise FontMissingError("no font")

    monkeypatch.setattr(files, "written", refused)
    answer = client.get(f"/en/indicators/{INDEX}/figures/wheel.pdf?unit=B")
    assert answer.status_code == 503
    assert "no font for Chinese is installed" in answer.content.decode()
