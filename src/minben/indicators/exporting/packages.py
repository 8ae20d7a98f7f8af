"""A data package (資料包): CSV files with a description of every column, licence and source.

Source: Frictionless Data Package and Table Schema, version 1. The archive has fixed dates, so that
equal numbers give equal bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from minben.indicators.exporting.dataset import Cited, Dataset, Measure
from minben.indicators.exporting.tables import observations_csv, places_csv

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest date an archive can tell
Field = tuple[str, str, str, str]  # name, type, Chinese, English

KEY: list[Field] = [
    ("unit", "string", "單位代碼", "code of the unit"),
    ("period", "string", "期間", "period"),
]
LINE_FIELDS: list[Field] = [
    ("indicator", "string", "指標代碼", "code of the indicator"),
    *KEY,
    ("value", "number", "數值", "value; empty if missing"),
    ("n", "integer", "樣本數", "number of answers the value rests on"),
    ("se", "number", "標準誤", "standard error"),
    (
        "status",
        "string",
        "觀測值狀態（SDMX OBS_STATUS）",
        "status of the observation (SDMX OBS_STATUS)",
    ),
]
PLACE_FIELDS: list[Field] = [
    ("indicator", "string", "綜合指數代碼", "code of the composite"),
    *KEY,
    ("value", "number", "分數；未達涵蓋率者空白", "score; empty below the coverage rule"),
    ("rank", "number", "名次", "rank"),
    ("of", "integer", "參與排名之單位數", "number of units ranked"),
    ("coverage", "number", "涵蓋率（0 至 1）", "coverage, 0 to 1"),
    ("withheld", "boolean", "是否因涵蓋率不足而不公布", "withheld for lack of coverage"),
]


def data_package(dataset: Dataset) -> bytes:
    """The archive: ``datapackage.json`` and its CSV files."""
    files: dict[str, tuple[bytes, list[Field], list[str]]] = {}
    key = ["indicator", "unit", "period"]
    if dataset.lines:
        files["observations.csv"] = (observations_csv(dataset), LINE_FIELDS, key)
    if dataset.places:
        files["scores.csv"] = (places_csv(dataset), PLACE_FIELDS, key)
    resources = [_resource(name, *found) for name, found in files.items()]
    document = json.dumps(_described(dataset, resources), ensure_ascii=False, indent=2) + "\n"
    packed = {"datapackage.json": document.encode()}
    return zipped(packed | {name: found[0] for name, found in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of files, the same for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _described(dataset: Dataset, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The descriptor. Any: JSON values."""
    identity = [f"{name}: {value}" for name, value in dataset.identity]
    left_out = [
        f"Not passed on, by the terms of its source: {one.title.en} ({one.publisher})"
        for one in dataset.left_out
    ]
    return {
        "profile": "tabular-data-package",
        "name": dataset.code.lower(),
        "title": f"{dataset.title.zh} · {dataset.title.en}",
        "description": "\n".join([*identity, *left_out]),
        "created": f"{dataset.made.isoformat()}T00:00:00Z",
        "homepage": dataset.address,
        "licenses": [{"name": name, "title": name} for name in _licences(dataset.sources)],
        "sources": [_source(one) for one in (*dataset.sources, *dataset.left_out)],
        "resources": resources,
        "measures": {one.code: _measure(one) for one in dataset.measures},
        "units": _units(dataset),
    }


def _units(dataset: Dataset) -> dict[str, Any]:
    """Names of units by code; of services whose they are as well. Any: JSON values."""
    served = {
        one.code: {"agency": one.agency, "relations": list(one.relations)}
        for one in dataset.services
    }
    return {code: names._asdict() | served.get(code, {}) for code, names in dataset.units}


def _measure(one: Measure) -> dict[str, Any]:
    """What a column of codes stands for; a property of our own. Any: JSON values."""
    return {
        "title": one.title._asdict(),
        "definition": one.definition._asdict(),
        "unit": one.unit._asdict(),
    } | ({"relations": list(one.relations)} if one.relations else {})


def _licences(sources: Sequence[Cited]) -> list[str]:
    return list(dict.fromkeys(one.licence for one in sources))


def _source(one: Cited) -> dict[str, str]:
    told = {"title": f"{one.title.en} ({one.publisher})"}
    return told | ({"path": one.address} if one.address else {})


def _resource(name: str, content: bytes, fields: list[Field], key: list[str]) -> dict[str, Any]:
    """A file and its schema. Any: JSON values."""
    return {
        "profile": "tabular-data-resource",
        "name": name.removesuffix(".csv"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [
                {"name": field, "type": kind, "title": zh, "description": en}
                for field, kind, zh, en in fields
            ],
            "primaryKey": key,
            "missingValues": [""],
        },
    }
