"""A table of one's own in every format, good or wrong, for tests of what is refused."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from minben.indicators.reading import Options, read_folder
from tests.rules.indicators.file_samples import book, csv_of

Rows = list[list[Any]]
Maker = Callable[[Rows], dict[str, bytes]]
HEADER = ["unit", "period", "osi", "hci"]


def faults(files: Mapping[str, bytes], **options: Any) -> list[tuple[str, str]]:
    content = read_folder(files, Options(**options))
    return [(one.code, one.where) for one in content.faults]


def as_csv(rows: Rows) -> dict[str, bytes]:
    return {"a.csv": csv_of(rows)}


def as_book(rows: Rows) -> dict[str, bytes]:
    return {"a.xlsx": book(("Data", rows))}


def as_sdmx_csv(rows: Rows) -> dict[str, bytes]:
    told = [
        ["A:F(1.0)", *row[:2], code, cell]
        for row in rows[1:]
        for code, cell in zip(HEADER[2:], row[2:], strict=True)
    ]
    header = ["DATAFLOW", "REF_AREA", "TIME_PERIOD", "MEASURE", "OBS_VALUE"]
    return {"a.csv": csv_of([header, *told])}


def as_package(rows: Rows) -> dict[str, bytes]:
    fields = [
        {"name": name, "type": "number" if n > 1 else "string"} for n, name in enumerate(rows[0])
    ]
    described = {"resources": [{"path": "d.csv", "schema": {"fields": fields}}]}
    return {"datapackage.json": json.dumps(described).encode(), "d.csv": csv_of(rows)}


def as_coinr(rows: Rows) -> dict[str, bytes]:
    return {"iData.csv": csv_of([["uCode", "Time", *rows[0][2:]], *rows[1:]])}


def as_json_stat(rows: Rows) -> dict[str, bytes]:
    units = list(dict.fromkeys(row[0] for row in rows[1:]))
    cells = {
        (row[0], code): cell
        for row in rows[1:]
        for code, cell in zip(HEADER[2:], row[2:], strict=True)
    }
    found = {
        "version": "2.0",
        "class": "dataset",
        "id": ["geo", "metric"],
        "size": [len(units), 2],
        "dimension": {
            "geo": {"category": {"index": units}},
            "metric": {"category": {"index": HEADER[2:]}},
        },
        "value": [cells[unit, code] for unit in units for code in HEADER[2:]],
    }
    return {"a.json": json.dumps(found).encode()}


def as_sdmx_json(rows: Rows) -> dict[str, bytes]:
    units = [row[0] for row in rows[1:]]
    observations = {
        f"{n}:{place}": [cell]
        for n, row in enumerate(rows[1:])
        for place, cell in enumerate(row[2:])
    }
    dimensions = [
        {"id": "REF_AREA", "values": [{"id": unit} for unit in units]},
        {"id": "MEASURE", "values": [{"id": code} for code in HEADER[2:]]},
    ]
    inside = {
        "structure": {"dimensions": {"observation": dimensions}},
        "dataSets": [{"observations": observations}],
    }
    return {"a.json": json.dumps({"data": inside}).encode()}


TABLES = [as_csv, as_book, as_sdmx_csv, as_package, as_coinr]
EVERY = [*TABLES, as_json_stat, as_sdmx_json]
GOOD: Rows = [HEADER, ["FRA", "2018", "0.5", "0.25"], ["DEU", "2018", "0.75", "1.5"]]
