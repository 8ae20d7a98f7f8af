"""Spreadsheets of OpenDocument (開放文件格式試算表, ODF): errors of formulas.

Taiwan's agencies publish in ODF (CNS 15251). The values are read by the library that reads workbooks;
what it leaves out is looked for here.
"""

import re
from html import unescape

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
TOKEN = re.compile(
    rb"<table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])([^>]*)>(?:<text:p>([^<]*)<)?"
)
ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')
COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
ERROR = b'calcext:value-type="error"'
FILLED = b"office:value-type="
Where = tuple[int, int]


def is_spreadsheet(files: dict[str, bytes]) -> bool:
    """Whether the files of an archive are those of a spreadsheet of OpenDocument."""
    return files.get("mimetype", b"").strip() == MIME and CONTENT in files


def errors_of(content: bytes) -> list[dict[Where, str]]:
    """Errors of formulas of each sheet, by row and column (from 0)."""
    sheets: list[dict[Where, str]] = []
    row = column = 0
    repeated = 1
    for kind, attributes, text in TOKEN.findall(content):
        if kind == b"table":
            sheets.append({})
            row, repeated = 0, 0
        elif kind == b"table-row":
            row, column, repeated = row + repeated, 0, _times(ROWS, attributes)
        elif sheets:
            times = _times(COLUMNS, attributes)
            if ERROR in attributes and FILLED in attributes:
                sheets[-1][row, column] = unescape(text.decode("utf-8", "replace")) or "#N/A"
            column += times
    return sheets


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
