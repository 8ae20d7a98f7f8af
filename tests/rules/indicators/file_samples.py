"""One small table in every format that can be read: what each reader must make of it is known."""

import csv
import io
import json
import zipfile
from functools import cache
from typing import Any

from openpyxl import Workbook

UNITS, PERIODS, CODES = ("FRA", "DEU", "JPN"), ("2018", "2019"), ("osi", "hci")
MISSING = ("JPN", "2019", "hci")
VALUES = {
    (unit, period, code): round(0.11 + 0.1 * u + 0.05 * p + 0.3 * c, 4)
    for u, unit in enumerate(UNITS)
    for p, period in enumerate(PERIODS)
    for c, code in enumerate(CODES)
    if (unit, period, code) != MISSING
}


def csv_of(rows: list[list[Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def wide(mark: str = ".") -> list[list[Any]]:
    def told(*key: str) -> str:
        return str(VALUES.get(key, "")).replace(".", mark)  # type: ignore[call-overload]

    rows = [[u, p, *(told(u, p, c) for c in CODES)] for u in UNITS for p in PERIODS]
    return [["unit", "period", *CODES], *rows]


def long() -> list[list[Any]]:
    rows = [[u, p, c, value, 1000, 0.01, "A"] for (u, p, c), value in VALUES.items()]
    rows.append([*MISSING, "..", "", "", "M"])
    return [["unit", "period", "indicator", "value", "n", "se", "status"], *rows]


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
    for one in ("office", "table", "text")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)


def ods(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """A spreadsheet as LibreOffice writes one: repeated empty rows and columns to the very end."""

    def cell(value: Any) -> str:
        if value is None or value == "":
            return "<table:table-cell/>"
        if value == "#DIV/0!":
            return ODS_ERROR
        kind = "string" if isinstance(value, str) else "float"
        told = "" if isinstance(value, str) else f' office:value="{value}"'
        text = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="{kind}"{told}>{text}</table:table-cell>'

    def rows(table: list[list[Any]]) -> str:
        filled = "".join(
            f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table
        )
        empty = '<table:table-cell table:number-columns-repeated="16384"/>'
        return f'{filled}<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'

    tables = "".join(
        f'<table:table table:name="{title}">{rows(table)}</table:table>' for title, table in sheets
    )
    inside = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {SPACES} {CALC}>{inside}</office:document-content>"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    files = {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: text.encode() for name, text in files.items()})


def numbers() -> list[list[Any]]:
    rows: list[list[Any]] = [
        [u, int(p), *(VALUES.get((u, p, c)) for c in CODES)] for u in UNITS for p in PERIODS
    ]
    return [["unit", "period", *CODES], *rows]


def sdmx_csv_1() -> list[list[Any]]:
    rows = [["UN:EGDI(1.0)", "A", u, c, p, v, "A", "0"] for (u, p, c), v in VALUES.items()]
    header = ["DATAFLOW", "FREQ", "REF_AREA", "MEASURE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"]
    return [
        [*header, "UNIT_MULT"],
        *rows,
        ["UN:EGDI(1.0)", "A", MISSING[0], MISSING[2], MISSING[1], "", "M", "0"],
    ]


def sdmx_csv_2() -> list[list[Any]]:
    """With names beside the codes, in one column."""
    rows = [
        [
            "dataflow",
            "UN:EGDI(1.0): E-government",
            "I",
            f"{u}: Name of {u}",
            f"{c}: Its name",
            p,
            v,
            "A: Normal",
        ]
        for (u, p, c), v in VALUES.items()
    ]
    header = ["STRUCTURE[;]", "STRUCTURE_ID", "ACTION", "REF_AREA: Area", "INDICATOR: Indicator"]
    return [[*header, "TIME_PERIOD: Time", "OBS_VALUE", "OBS_STATUS: Status"], *rows]


def sdmx_csv_named() -> list[list[Any]]:
    """With names beside the codes, in columns of their own, which vary as well."""
    rows = [
        [
            "dataflow",
            "UN:EGDI(1.0)",
            "E-government",
            "I",
            u,
            f"Name of {u}",
            c,
            f"Name of {c}",
            p,
            "",
            v,
            "",
        ]
        for (u, p, c), v in VALUES.items()
    ]
    header = ["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "LOCATION", "Location"]
    header += ["MEASURE", "Measure", "TIME_PERIOD", "Time", "OBS_VALUE", "Value"]
    return [header, *rows]


def _dimension(code: str, values: tuple[str, ...], position: int) -> dict[str, Any]:
    listed = [{"id": one, "name": f"Name of {one}"} for one in values]
    return {"id": code, "name": code, "keyPosition": position, "values": listed}


AREA = _dimension("REF_AREA", UNITS, 1)
INDICATOR = _dimension("INDICATOR", CODES, 2)
TIME = _dimension("TIME_PERIOD", PERIODS, 3)
FREQ = _dimension("FREQ", ("A",), 0)
STATUS = {"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "E"}]}


def sdmx_json(version: int, *, series: bool) -> dict[str, Any]:
    """A data message; of version 2 with several structures and values told as texts or numbers."""
    data: dict[str, Any] = {}
    for (u, p, c), value in VALUES.items():
        at = (UNITS.index(u), CODES.index(c), PERIODS.index(p))
        if series:
            one = data.setdefault("series", {}).setdefault(f"{at[0]}:{at[1]}", {"observations": {}})
            one["observations"][str(at[2])] = [value if version == 1 else str(value), 0]
        else:
            data.setdefault("observations", {})[":".join(map(str, at))] = [value, 1]
    above = [AREA, INDICATOR]
    dimensions = {
        "dataSet": [FREQ],
        "series": above if series else [],
        "observation": [TIME] if series else [*above, TIME],
    }
    structure = {"name": "EGDI", "dimensions": dimensions, "attributes": {"observation": [STATUS]}}
    if version == 1:
        return {"meta": {}, "data": {"structure": structure, "dataSets": [data]}}
    structure["measures"] = {"observation": [{"id": "OBS_VALUE"}]}
    return {
        "meta": {},
        "data": {"structures": [{}, structure], "dataSets": [data | {"structure": 1}]},
    }


def json_stat(*, sparse: bool) -> dict[str, Any]:
    keys = [(u, p, c) for c in CODES for u in UNITS for p in PERIODS]
    told = {n: VALUES.get(key) for n, key in enumerate(keys)}
    some = {str(n): value for n, value in told.items() if value is not None}
    index = {code: n for n, code in enumerate(UNITS)}
    return {
        "version": "2.0",
        "class": "dataset",
        "id": ["metric", "where", "when"],
        "size": [2, 3, 2],
        "role": {"geo": ["where"], "time": ["when"], "metric": ["metric"]},
        "dimension": {
            "metric": {
                "category": {
                    "index": list(CODES),
                    "label": {"osi": "Online services"},
                    "unit": {"osi": {"label": "index"}},
                }
            },
            "where": {"category": {"index": index}},
            "when": {"category": {"index": list(PERIODS)}},
        },
        "value": some if sparse else list(told.values()),
        "status": {"0": "e"},
    }


def package() -> dict[str, bytes]:
    """A data package with a comma for the decimal mark and -99 for what is missing."""
    rows = wide(",")
    rows = [[cell if cell != "" else "-99" for cell in row] for row in rows]
    described = {
        "name": "egdi",
        "resources": [
            {
                "name": "egdi",
                "path": "data/egdi.csv",
                "dialect": {"delimiter": ";"},
                "schema": {
                    "fields": [
                        {"name": "unit", "type": "string"},
                        {"name": "period", "type": "year"},
                        {"name": "osi", "type": "number", "decimalChar": ",", "title": "Services"},
                        {"name": "hci", "type": "number", "decimalChar": ","},
                    ],
                    "missingValues": ["-99"],
                    "primaryKey": ["unit", "period"],
                },
            }
        ],
    }
    return {
        "datapackage.json": json.dumps(described).encode(),
        "data/egdi.csv": csv_of(rows, ";"),
    }


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def coinr_data() -> list[list[Any]]:
    rows = [
        [
            f"Name of {u}",
            u,
            "EU" if u != "JPN" else "1",
            f"{p}.0",
            *(VALUES.get((u, p, c), "NA") for c in CODES),
        ]
        for u in UNITS
        for p in PERIODS
    ]
    return [["uName", "uCode", "Where_group", "Time", *CODES], *rows]


def coinr_meta() -> list[list[Any]]:
    return [
        ["Level", "iCode", "iName", "Direction", "Weight", "Unit", "Denominator", "Parent", "Type"],
        [1, "osi", "Online services", 1, 1, "index", "", "egdi", "Indicator"],
        [1, "hci", "Human capital", -1, 2, "index", "osi", "egdi", "Indicator"],
        [2, "egdi", "E-government", 1, 1, "index", "", "", "Aggregate"],
        ["", "Where_group", "Where", "", "", "", "", "", "Group"],
    ]


@cache
def every() -> dict[str, dict[str, bytes]]:
    """The files of the table, by format."""
    names = {
        "csv-wide": {"a.csv": csv_of(wide())},
        "csv-bom": {"a.csv": b"\xef\xbb\xbf" + csv_of(wide())},
        "csv-long": {"a.csv": csv_of(long())},
        "csv-semicolons": {"a.csv": csv_of(wide(","), ";")},
        "csv-tabs": {"a.tsv": csv_of(wide(), "\t")},
        "xlsx": {"a.xlsx": book(("Notes", [["about this"]]), ("Data", numbers()))},
        "xlsx-texts": {"a.xlsx": book(("Data", wide()))},
        "xlsx-coinr": {
            "a.xlsx": book(("iMeta", coinr_meta()), ("Notes", [["x"]]), ("iData", coinr_data()))
        },
        "ods": {"a.ods": ods(("Notes", [["about this"]]), ("Data", numbers()))},
        "xlsx-long": {"a.xlsx": book(("Data", long()))},
        "sdmx-csv-1": {"a.csv": csv_of(sdmx_csv_1())},
        "sdmx-csv-2": {"a.csv": csv_of(sdmx_csv_2())},
        "sdmx-csv-named": {"a.csv": csv_of(sdmx_csv_named())},
        "json-stat-dense": {"a.json": json.dumps(json_stat(sparse=False)).encode()},
        "json-stat-sparse": {"a.json": json.dumps(json_stat(sparse=True)).encode()},
        "package": package(),
        "package-zip": {"a.zip": zipped({f"egdi/{k}": v for k, v in package().items()})},
        "coinr": {"iData.csv": csv_of(coinr_data()), "iMeta.csv": csv_of(coinr_meta())},
    }
    for version in (1, 2):
        for series in (False, True):
            found = json.dumps(sdmx_json(version, series=series)).encode()
            names[f"sdmx-json-{version}-{'series' if series else 'flat'}"] = {"a.json": found}
    return names
