"""Pictures as files to print or to place elsewhere (匯出): PNG, and PDF with the data table.

Both are set by Typst, in this process: the picture and the words go in as inputs, never into the
source of the document, nothing is fetched, and the only folder it may read is empty. Equal input
on one host gives equal bytes; another host may have other fonts. The PDF is tagged (PDF/UA-1):
title, language, a text for the picture, a table with header cells.
"""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width

from minben.indicators.figures.lettering import width_of
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.words import WORDS

if TYPE_CHECKING:
    import typst

FAMILIES = (
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Source Han Sans TC",
    "PingFang TC",
    "Microsoft JhengHei",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Serif CJK TC",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
PLAIN = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Libertinus Serif")
LEAST, MOST = 64, 4096  # pixels
LINE = 50.0  # letters
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

PNG = b"""
#set page(width: 1pt * float(sys.inputs.width), height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""

PDF = b"""
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title, date: auto)
#set text(lang: told.lang, region: told.region, font: told.fonts, size: 9.5pt)
#set page(paper: "a4", margin: 18mm, numbering: "1 / 1")
#set heading(numbering: none)
#show heading: set block(below: 0.9em)
#show heading: set par(justify: false)
#set table(stroke: 0.4pt + rgb("#c9d0d8"), inset: (x: 5pt, y: 4pt), align: left)
#show table.cell.where(y: 0): set text(weight: "bold")
#heading(level: 1, told.title)
#layout(room => {
  let natural = told.height / told.width
  let wide = calc.min(room.width, (room.height - 70pt) / natural)
  align(center, image(
    bytes(sys.inputs.svg), format: "svg", width: wide, alt: told.alt,
  ))
})
#text(fill: rgb("#56616d"), told.description)
#pagebreak(weak: true)
#heading(level: 2, told.table)
#table(
  columns: told.columns.map(share => share * 1fr),
  table.header(..told.header),
  ..told.rows.flatten(),
)
"""


class FontMissingError(RuntimeError):
    """No font of this host has Chinese characters, so that a print would show boxes."""


def png(figure: Figure, width: int) -> bytes:
    """The picture in so many pixels of width.

    Raises:
        ValueError: `width` is not between 64 and 4096.
        FontMissingError: the host has no font for what is written.
    """
    if not LEAST <= width <= MOST:
        raise ValueError(f"a width is between {LEAST} and {MOST} pixels")
    across, _ = size_of(figure)
    _fonts_for(figure.svg)
    inputs = {"svg": figure.svg, "width": str(across)}
    return _compiled(PNG, inputs, "png", ppi=72 * width / across, made=EPOCH)


def pdf(figure: Figure, language: Language, made: datetime | None = None) -> bytes:
    """The picture on a page of A4, and its table on those that follow.

    Args:
        made: the date the document bears; without one the same for all, so that bytes are equal.

    Raises:
        FontMissingError: the host has no font for what is written.
    """
    across, down = size_of(figure)
    words = WORDS[language]
    told = {
        "title": figure.title or words["picture"],
        "alt": f"{figure.title}. {figure.description}".strip(". ") or words["picture"],
        "description": figure.description,
        "table": words["table"],
        "columns": _columns(figure),
        "header": figure.header,
        "rows": figure.rows,
        "lang": "zh" if language == "zh" else "en",
        "region": "TW" if language == "zh" else "GB",
        "width": across,
        "height": down,
    }
    plain = json.dumps(told, ensure_ascii=False)
    told["fonts"] = _fonts_for(figure.svg + plain)
    inputs = {"svg": figure.svg, "told": json.dumps(told, ensure_ascii=False)}
    return _compiled(PDF, inputs, "pdf", made=made or EPOCH)


def _columns(figure: Figure) -> list[float]:
    """The share of each column of the table: room for its longest word, then by its longest cell.

    In widths of a letter of the table, of which a line of A4 has `LINE`.
    """
    columns = list(zip(figure.header, *figure.rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) + 1.3 for column in columns]
    wanted = [
        max(floor, min(max(width_of(cell, 1) for cell in column), 20.0) + 1.3)
        for floor, column in zip(least, columns, strict=True)
    ]
    spare, asked = max(LINE - sum(least), 0.0), sum(wanted) - sum(least)
    share = min(spare / asked, 1.0) if asked else 0.0
    return [round(a + (b - a) * share, 2) for a, b in zip(least, wanted, strict=True)]


def _longest_word(cell: str) -> float:
    """The width of what cannot be broken; Chinese can, anywhere, and what is very long has to."""
    words = re.findall(r"[!-\u2e7f]+|[^\s]", cell)
    return min(max((width_of(word, 1) for word in words), default=1.0), 14.0)


def size_of(figure: Figure) -> tuple[int, int]:
    """Width and height of a picture as it stands in its document."""
    box = figure.svg.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    if len(box) != 2 or not all(one.isdecimal() for one in box):
        raise ValueError("this is no picture of ours")
    return int(box[0]), int(box[1])


def _compiled(
    source: bytes,
    inputs: dict[str, str],
    form: Literal["png", "pdf"],
    *,
    made: datetime,
    ppi: float | None = None,
) -> bytes:
    """One file by Typst, in a folder of its own that holds nothing. Loaded here, for it is 40 MB."""
    import typst

    with TemporaryDirectory(prefix="minben-figure-") as folder:
        compiler = typst.Compiler(
            source, root=folder, font_paths=_fonts(), package_path=folder, package_cache_path=folder
        )
        done = compiler.compile(
            format=form,
            ppi=ppi,
            sys_inputs=inputs,
            pdf_standards="ua-1" if form == "pdf" else None,
            timestamp=made,
        )
    if not isinstance(done, bytes):
        raise TypeError("a picture is one page")
    return done


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    """The fonts of this host, looked through once."""
    import typst

    return typst.Fonts()


def _fonts_for(words: str) -> list[str]:
    """Families in the order they are tried.

    Raises:
        FontMissingError: there is Chinese to write and no family that has it.
    """
    there = set(_fonts().families())
    chinese = [name for name in FAMILIES if name in there]
    if not chinese and any(east_asian_width(one) in "WF" for one in words):
        raise FontMissingError(
            "no font of this host has Chinese characters; install one, such as Noto Sans CJK"
        )
    return [*chinese, *(name for name in PLAIN if name in there)]
