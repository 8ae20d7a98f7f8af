"""The first page of a process: what was loaded before it, what never is, and its numbers."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.indicators.actions.computing import compute_run
from minben.indicators.catalogue import names
from minben.indicators.engine.reading import read
from minben.indicators.keeping import told
from minben.indicators.models import StoredRun
from minben.indicators.packing import inputs
from minben.indicators.queries import runs, vintages
from minben.indicators.reading import folder
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0
from tests.indicator_practice import declared, practised, wheel_recipe

# Linear programmes, typesetting, meeting papers, names of all countries: no page shows these.
HEAVY = ("scipy", "typst", "fpdf", "pycountry", "openpyxl")
LOADED = f"""
import json, sys
from minben.config.wsgi import application
from django.template.loader import engines
from django.urls import get_resolver
print(json.dumps({{
    "heavy": [one for one in {HEAVY!r} if one in sys.modules],
    "languages": sorted(get_resolver()._reverse_dict),
    "views": "minben.indicators.views.public.explorer" in sys.modules,
    "templates": sorted(engines["django"].engine.template_loaders[0].get_template_cache),
}}))
"""


@pytest.fixture
def made() -> StoredRun:
    """A run no page of this process has shown."""
    practised()
    declared(wheel_recipe(code="first-page", units={"label": "comparators", "equals": "north"}))
    return compute_run(code="first-page", by=SYSTEM, at=DAY0)


def test_a_process_is_loaded_before_its_first_request_also_while_the_database_is_away() -> None:
    away = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    away["DJANGO_SETTINGS_MODULE"] = "minben.config.settings"
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=away, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["heavy"] == []
    assert found["languages"] == ["en", "zh-hant"]
    assert found["views"]
    assert {"base.html", "c/field.html"} <= set(found["templates"])


@pytest.mark.django_db
def test_first_pages_of_an_index_load_nothing_heavy_and_ask_as_little(
    made: StoredRun, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for known in (names._units, names._by_code, names._known, names._folded):
        known.cache_clear()  # importing looked countries up
    for name in [*HEAVY, *(one for one in sys.modules if one.split(".")[0] in HEAVY)]:
        monkeypatch.setitem(sys.modules, name, None)  # loading it fails from here on
    with CaptureQueriesContext(connection) as first:
        assert client.get("/en/indicators/first-page/").status_code == 200
    assert len(first) <= 9, [one["sql"] for one in first]  # one more than later, for the archive
    for show in ("ranking", "quadrant", "trend", "shifts", "weights", "robustness"):
        assert client.get(f"/en/indicators/first-page/?show={show}").status_code == 200


@pytest.mark.django_db
def test_data_of_a_run_is_read_back_as_any_reader_would(made: StoredRun) -> None:
    package = runs.package(made.pk)
    assert package is not None
    recipe_json, files = inputs(package)
    recipe = read(json.loads(recipe_json))
    ours, theirs = vintages.table_of(files, recipe), folder.table_of(files, recipe)
    assert (ours.units, ours.periods, ours.labels) == (theirs.units, theirs.periods, theirs.labels)
    assert {"", "north"} < set(ours.labels["comparators"])
    assert list(ours.columns) == list(theirs.columns)
    for code, values in ours.columns.items():
        assert values.tobytes() == theirs.columns[code].tobytes()


@pytest.mark.django_db
def test_what_pages_rest_on_is_what_the_folder_of_the_run_says(made: StoredRun) -> None:
    package = runs.package(made.pk)
    assert package is not None
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("scores.csv").decode())))
    run = runs.computed(made.pk).run
    row = {key: n for n, key in enumerate(zip(run.table.units, run.table.periods, strict=True))}
    assert len(lines) == len(row) * len(run.recipe.groups)
    for line in lines:
        n, code = row[line["unit"], line["period"]], line["code"]
        assert line["score"] == told(run.published[code][n])
        assert line["unrounded"] == told(run.scores[code][n])
        assert line["rank"] == told(run.rank[code][n])
        assert line["of"] == told(run.ranked[code][n])
        assert line["coverage"] == told(run.coverage[code][n])
