"""What a workbook would become in memory (展開後之大小), counted before a library unfolds it.

Few bytes can name a cell far off, repeat one a million times, or let every cell have one long shared
text; the library that reads the values would run out of memory and take the process with it. The
XML is parsed as such: what is written in an unusual way is counted like everything else.
"""

import re
from collections import Counter
from xml.parsers import expat

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.grids import MOST_CELLS

MOST_TEXT = 100_000_000  # characters in all cells together
PLACE = re.compile(r"([A-Za-z]*)(\d+)")
REPEATED_ROWS, REPEATED_COLUMNS = "table:number-rows-repeated", "table:number-columns-repeated"
Attributes = dict[str, str]


class Sizes:
    """Counts cells and text over all parts of one workbook. Every method raises Faulty."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._texts: list[int] = []  # length of each shared text
        self._shared: Counter[str] = Counter()  # how many cells have the shared text of a number
        self._long = 0  # characters of repeated cells
        self._begin_part()

    def _begin_part(self) -> None:
        self._inside = False  # the rows of a sheet
        self._row = self._column = -1
        self._widest = 0
        self._rows = self._columns = 1
        self._filled = False
        self._heard: list[str] | None = None

    def count(self, part: str, content: bytes) -> None:
        """Count one part: whole XML without a document type."""
        where = f"{self.name}, {part}"
        self._begin_part()

        def declared(*_: object) -> None:
            text = "declares a document type, as no workbook does"
            raise Faulty([Fault(where, "no_workbook", text)])

        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Faulty([Fault(where, "no_workbook", f"is broken: {error}")]) from None

    def finish(self) -> None:
        """Refuse what would be too much text: shared texts may stand anywhere in the archive."""
        texts = self._texts
        shared = sum(
            texts[int(told)] * many
            for told, many in self._shared.items()
            if told.isascii() and told.isdigit() and len(told) < 10 and int(told) < len(texts)
        )
        if shared + self._long > MOST_TEXT:
            text = f"has cells of more than {MOST_TEXT} characters"
            raise Faulty([Fault(self.name, "too_many", text)])

    def _start(self, tag: str, attributes: Attributes) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "sheetData":
            self._inside = True
        elif kind == "si":
            self._heard = []
        elif kind == "row" and self._inside:
            self._row, self._column = self._place(attributes, self._row + 1)[1], -1
        elif kind == "c" and self._inside:
            self._cell(attributes)
        elif kind == "v" and self._filled:
            self._heard = []
        elif tag == "table:table":
            self._row, self._rows, self._widest = 0, 0, 0
        elif tag == "table:table-row":
            self._row, self._column = self._row + self._rows, 0
            self._rows = self._times(attributes, REPEATED_ROWS)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._repeated(attributes)

    def _cell(self, attributes: Attributes) -> None:
        """A cell of Office Open XML; whether its text is a shared one."""
        self._column, self._row = self._place(attributes, self._row)
        self._widest = max(self._widest, self._column + 1)
        self._filled = attributes.get("t") == "s"
        if (self._row + 1) * self._widest > MOST_CELLS:
            self._too_many(f"cell {attributes.get('r', '')[:20]}")

    def _place(self, attributes: Attributes, row: int) -> tuple[int, int]:
        """Column and row from 0; where nothing is told, the next column and this row."""
        told = attributes.get("r", "")
        found = PLACE.fullmatch(told)
        if (told and not found) or len(told) > 20:
            raise Faulty([Fault(self.name, "no_workbook", f"has a cell at {told[:20]!r}")])
        letters, number = found.groups() if found else ("", "")
        column = self._column + 1
        if letters:
            column = -1
            for one in letters.upper():
                column = (column + 1) * 26 + ord(one) - ord("A")
        return column, int(number) - 1 if number else row

    def _repeated(self, attributes: Attributes) -> None:
        """A cell of OpenDocument, which may stand for many."""
        self._columns = self._times(attributes, REPEATED_COLUMNS)
        self._column += self._columns
        self._filled = "office:value-type" in attributes
        if self._filled:
            self._heard = [attributes.get("office:string-value", "")]
            self._widest = max(self._widest, self._column)
            if (self._row + self._rows) * self._widest > MOST_CELLS:
                self._too_many(f"row {self._row + 1}")

    def _times(self, attributes: Attributes, name: str) -> int:
        told = attributes.get(name, "1").strip()
        if not (told.isascii() and told.isdigit() and len(told) < 10):
            raise Faulty([Fault(self.name, "no_workbook", f"repeats {told[:20]!r} times")])
        return int(told)

    def _too_many(self, place: str) -> None:
        text = f"a sheet is larger than {MOST_CELLS} cells up to its last"
        raise Faulty([Fault(f"{self.name}, {place}", "too_many", text)])

    def _text(self, told: str) -> None:
        if self._heard is not None:
            self._heard.append(told)

    def _end(self, tag: str) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "sheetData":
            self._inside = False
        elif kind == "si" and self._heard is not None:
            self._texts.append(sum(map(len, self._heard)))
            self._heard = None
        elif kind == "v" and self._heard is not None:
            self._shared["".join(self._heard).strip()] += 1
            self._heard = None
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._filled:
            self._long += sum(map(len, self._heard or ())) * self._columns * self._rows
            self._heard, self._filled = None, False
