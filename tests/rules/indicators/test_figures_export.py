"""PNG and PDF: deterministic, tagged, with the table; what is written cannot command."""

import io
import struct
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from minben.indicators.figures import export
from minben.indicators.figures.svg import Figure
from tests.rules.indicators.figure_zoo import KINDS

HOSTILE = '#panic("x") $1+1$ ]] `raw` \\ "q" //c @ref <label> *b* 名'
FIGURE = KINDS["bars"](3, "zh")


def chinese() -> bool:
    try:
        return bool(export._fonts_for("中"))
    except export.FontMissingError:
        return False


needs_font = pytest.mark.skipif(not chinese(), reason="no Chinese font on this host")


def hostile() -> Figure:
    return Figure(FIGURE.svg, (HOSTILE, "b"), ((HOSTILE, HOSTILE),), HOSTILE, HOSTILE)


@needs_font
def test_a_png_has_the_width_asked_for() -> None:
    made = export.png(FIGURE, 780)
    assert made.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made[16:24])
    across, down = export.size_of(FIGURE)
    assert width == 780
    assert height == pytest.approx(780 * down / across, abs=1)
    assert made == export.png(FIGURE, 780)


@pytest.mark.parametrize("width", [0, 63, 4097])
def test_other_widths_are_refused(width: int) -> None:
    with pytest.raises(ValueError, match="between 64 and 4096"):
        export.png(FIGURE, width)


@needs_font
def test_a_pdf_is_tagged_and_has_the_table() -> None:
    made = export.pdf(FIGURE, "zh")
    assert made == export.pdf(FIGURE, "zh")
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-TW"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == FIGURE.title
    text = "".join(page.extract_text() for page in reader.pages[1:])
    for row in FIGURE.rows:
        assert row[1] in text
        assert row[3] in text
    assert list(alternatives(root["/StructTreeRoot"])) == [f"{FIGURE.title}. {FIGURE.description}"]


def alternatives(node: object, seen: int = 0) -> list[str]:
    """The texts for pictures in the tree of tags."""
    node = getattr(node, "get_object", lambda: node)()
    found: list[str] = []
    if isinstance(node, list):
        for one in node:
            found += alternatives(one, seen + 1)
    elif isinstance(node, dict) and seen < 40:
        found += [str(node["/Alt"])] if "/Alt" in node else []
        found += alternatives(node.get("/K", []), seen + 1)
    return found


@needs_font
def test_the_date_is_the_one_given() -> None:
    made = export.pdf(FIGURE, "en", datetime(2026, 3, 1, tzinfo=UTC))
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260301")
    assert made != export.pdf(FIGURE, "en")


@needs_font
def test_words_are_data_and_never_source() -> None:
    reader = PdfReader(io.BytesIO(export.pdf(hostile(), "zh")))
    assert reader.metadata is not None
    assert reader.metadata.title == HOSTILE
    text = "".join(page.extract_text() for page in reader.pages)
    assert '#panic("x")' in text
    assert "*b*" in text


@needs_font
def test_a_table_of_193_rows_goes_over_pages() -> None:
    reader = PdfReader(io.BytesIO(export.pdf(KINDS["bars"](193, "en", language="en"), "en")))
    assert len(reader.pages) > 4
    last = reader.pages[-1].extract_text()
    assert last.lstrip().startswith("Rank")  # the header again


def test_without_a_chinese_font_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(export, "_fonts", Bare)
    assert export._fonts_for("plain – words") == ["DejaVu Sans"]
    for make in (lambda: export.pdf(FIGURE, "zh"), lambda: export.png(FIGURE, 390)):
        with pytest.raises(export.FontMissingError, match="Noto Sans CJK"):
            make()


def test_what_is_no_picture_is_refused() -> None:
    for document in ("<svg/>", '<svg viewBox="0 0 a b"/>', '<svg viewBox="0 0 1"/>'):
        with pytest.raises(ValueError, match="no picture"):
            export.png(Figure(document, (), ()), 390)
