"""What is handed out of an index (下載內容): the dataset of a scene, and its files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from minben.indicators.exporting.citing import bibtex, csl_json, plain
from minben.indicators.exporting.dataset import Cited, Dataset, Line, Measure, Words
from minben.indicators.exporting.json_stat import json_stat
from minben.indicators.exporting.packages import data_package
from minben.indicators.exporting.tables import observations_csv, places_csv, sdmx_csv
from minben.indicators.models import Indicator
from minben.indicators.queries import facts, pages
from minben.indicators.queries.services import services_among
from minben.indicators.telling import words
from minben.indicators.telling.scene import Scene
from minben.indicators.telling.standing import place, stands_of

PUBLISHER: Final = "Minben 民本"
Made = tuple[bytes, str, str]  # content, media type, what the name of the file ends in


def named(scene: Scene, address: str) -> Dataset:
    """The dataset of an index with what names it, and no numbers yet."""
    cited = list(dict.fromkeys(one.source for one in scene.sources))
    return Dataset(
        code=scene.recipe.code,
        title=words.recipe_title(scene.recipe),
        made=scene.stored.at.date(),
        measures=(),
        units=(),
        sources=cited,
        identity=identity_of(scene),
        left_out=[] if scene.open_terms else _closed(cited),
        address=address,
    )


def dataset_of(scene: Scene, address: str) -> Dataset:
    """All units and periods of an index; single values only if every source lets them be passed."""
    run, recipe = scene.whole.run, scene.recipe
    return replace(
        named(scene, address),
        measures=[
            *(Measure(one.code, words.both(one.title, one.code)) for one in recipe.groups),
            *(
                Measure(one.code, words.both(one.title, one.code), unit=Words(one.unit, one.unit))
                for one in recipe.indicators
            ),
        ],
        units=[(code, scene.names.get(code, Words(code, code))) for code in _units(scene)],
        services=services_among(_units(scene)),
        lines=_lines(scene) if scene.open_terms else (),
        places=[place(one) for group in recipe.groups for one in stands_of(run, group.code)],
    )


def dataset_of_indicator(indicator: Indicator, address: str) -> Dataset:
    """All values of an indicator that count, in all periods."""
    told = facts.facts(indicator=indicator)
    names = pages.names_of({one.unit for one in told})
    newest = max((one.brought for one in told), default=indicator.source.at)
    return Dataset(
        code=indicator.code,
        title=Words(indicator.title_zh, indicator.title_en),
        made=newest.date(),
        measures=[
            Measure(
                indicator.code,
                Words(indicator.title_zh, indicator.title_en),
                Words(indicator.definition_zh, indicator.definition_en),
                Words(indicator.unit_zh, indicator.unit_en),
                tuple(indicator.relations),
            )
        ],
        units=sorted(names.items()),
        services=services_among(names),
        sources=[pages.cited(indicator.source)],
        identity=[("imports", ", ".join(str(n) for n in sorted({one.intake for one in told})))],
        lines=[
            Line(one.indicator, one.unit, one.period, one.value, one.n, one.se, one.status)
            for one in told
        ],
        address=address,
    )


def identity_of(scene: Scene) -> list[tuple[str, str]]:
    """The hashes that name a run."""
    return [
        ("recipe_sha256", scene.method.sha256),
        ("data_sha256", scene.stored.data_sha256),
        ("engine", scene.stored.engine),
    ]


def _closed(cited: list[Cited]) -> list[Cited]:
    return [one for one in cited if not one.open_terms]


def _units(scene: Scene) -> list[str]:
    return sorted(set(scene.whole.run.table.units))


def _lines(scene: Scene) -> list[Line]:
    """The values as they went in, before anything was filled or treated."""
    data = scene.whole.data
    return [
        Line(
            code,
            data.units[row],
            data.periods[row],
            float(values[row]),
        )
        for code in scene.recipe.columns
        for values in (data.columns[code],)
        for row in np.flatnonzero(~np.isnan(values))
    ]


def main_csv(dataset: Dataset) -> bytes:
    """Composites where there are some, else the values."""
    return places_csv(dataset) if dataset.places else observations_csv(dataset)


FILES: Final[Mapping[str, tuple[Callable[[Dataset], bytes], str, str]]] = {
    "csv": (main_csv, "text/csv; charset=utf-8", ".csv"),
    "zip": (data_package, "application/zip", "-package.zip"),
    "json": (json_stat, "application/json", ".json"),
    "sdmx": (sdmx_csv, "application/vnd.sdmx.data+csv; charset=utf-8", "-sdmx.csv"),
    "bib": (lambda one: bibtex(one, PUBLISHER), "application/x-bibtex; charset=utf-8", ".bib"),
    "csl": (
        lambda one: csl_json(one, PUBLISHER),
        "application/vnd.citationstyles.csl+json",
        "-csl.json",
    ),
}


def made(dataset: Dataset, kind: str) -> Made:
    """A file of that kind. Raises KeyError for a kind there is none of."""
    write, media, ending = FILES[kind]
    return write(dataset), media, ending


def citation(dataset: Dataset) -> str:
    """A line for a footnote in the reader's language."""
    return plain(dataset, PUBLISHER, words.language())
