"""What is printed for a meeting (名牌、桌牌、簽到表、議程表): PDF with the Chinese glyphs it uses.

Only for whoever runs the meeting: three of the four bear names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from django.utils.translation import gettext as _
from fpdf import FPDF

from minben.kernel.periods import TAIPEI
from minben.meetings.fonts import Font
from minben.meetings.labels import PARTICIPANTS
from minben.meetings.models import AgendaItem, Meeting, Registration

TAGS_A_PAGE: Final = 8
MISSING: Final = "〓"  # stands for a character the font lacks, as printers have it
_FAMILY: Final = "cjk"
_one_at_a_time = Lock()  # a font of 20 MB is read each time


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes onto paper."""

    meeting: Meeting
    people: Sequence[Registration]
    agenda: Sequence[AgendaItem]


class Paper(FPDF):
    """A4 with one font; what it lacks is shown as `MISSING`."""

    def __init__(self, font: Font, title: str, *, landscape: bool = False) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", format="A4")
        self.set_auto_page_break(auto=False)
        self.add_font(_FAMILY, fname=font.file, collection_font_number=font.index)
        self.set_font(_FAMILY)
        self.set_title(title)
        self.set_lang("zh-Hant-TW")
        self._has = frozenset(self.fonts[_FAMILY].cmap)  # type: ignore[union-attr]

    def printable(self, text: str) -> str:
        """`text` in one line, without what the font lacks."""
        line = " ".join(text.split())
        return "".join(one if ord(one) in self._has else MISSING for one in line)

    def put(
        self, text: str, x: float, y: float, width: float, size: float, align: str = "L"
    ) -> None:
        """One line at a place in millimetres, in letters small enough to fit the width."""
        shown = self.printable(text)
        self.set_font_size(size)
        while size > 6 and self.get_string_width(shown) > width:
            size -= 1
            self.set_font_size(size)
        while shown and self.get_string_width(shown) > width:
            shown = shown[:-1]
        self.set_xy(x, y)
        self.cell(width, size * 0.5, shown, align=align)


def _when(meeting: Meeting) -> str:
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    starts, ends = meeting.starts_at.astimezone(TAIPEI), meeting.ends_at.astimezone(TAIPEI)
    return f"{starts:%Y-%m-%d} {starts:%H:%M}–{ends:%H:%M}"


def _hour(at: datetime) -> str:
    return f"{at.astimezone(TAIPEI):%H:%M}"


def _role(row: Registration) -> str:
    """As what somebody takes part, and for whom."""
    return row.organisation or str(PARTICIPANTS[row.kind])


def _bytes(paper: FPDF) -> bytes:
    return bytes(paper.output())


def name_tags(sheet: Sheet, font: Font) -> bytes:
    """Name tags, eight on a page, with lines to cut along."""
    paper = Paper(font, _("Name tags"))
    wide, high = 105.0, 297.0 / 4
    for n, row in enumerate(sheet.people):
        if n % TAGS_A_PAGE == 0:
            paper.add_page()
        x, y = n % 2 * wide, n % TAGS_A_PAGE // 2 * high
        paper.set_draw_color(170)
        paper.rect(x, y, wide, high)
        paper.put(sheet.meeting.title, x + 8, y + 8, wide - 16, 10)
        paper.put(row.name, x + 8, y + 26, wide - 16, 34, "C")
        paper.put(_role(row), x + 8, y + 48, wide - 16, 14, "C")
        at = _("Table %(n)s") % {"n": row.table} if row.table else ""
        paper.put(at, x + 8, y + 62, wide - 16, 12, "R")
    return _bytes(paper)


def table_signs(sheet: Sheet, font: Font) -> bytes:
    """A sign for each table, on a page of its own."""
    paper = Paper(font, _("Table signs"), landscape=True)
    for table in sorted({row.table for row in sheet.people if row.table}):
        host = next((one.name for one in sheet.people if one.table == table and one.is_host), "")
        paper.add_page()
        paper.put(sheet.meeting.title, 20, 24, 257, 22, "C")
        paper.put(_("Table %(n)s") % {"n": table}, 20, 72, 257, 120, "C")
        if host:
            paper.put(_("Host: %(name)s") % {"name": host}, 20, 165, 257, 30, "C")
    return _bytes(paper)


def sign_in(sheet: Sheet, font: Font) -> bytes:
    """A list to sign on, by table and place, with room for a signature."""
    paper = Paper(font, _("Sign-in sheet"))
    columns = ((10, 12), (22, 45), (67, 55), (122, 15), (137, 63))  # x and width in mm
    a_page = 18
    pages = max(1, -(-len(sheet.people) // a_page))
    heads = ("", _("Name"), _("As what"), _("Table"), _("Signature"))
    for page in range(pages):
        paper.add_page()
        paper.put(_("Sign-in sheet"), 10, 10, 190, 18)
        paper.put(f"{sheet.meeting.title}  {_when(sheet.meeting)}", 10, 21, 190, 11)
        _row(paper, heads, columns, 30, 8)
        shown = sheet.people[page * a_page : (page + 1) * a_page]
        for n, one in enumerate(shown):
            cells = (
                str(page * a_page + n + 1),
                one.name,
                _role(one),
                str(one.table or ""),
                "",
            )
            _row(paper, cells, columns, 38 + n * 13, 13)
        paper.put(f"{page + 1} / {pages}", 10, 285, 190, 9, "R")
    return _bytes(paper)


def _row(
    paper: Paper,
    cells: Sequence[str],
    columns: Sequence[tuple[int, int]],
    y: float,
    high: float,
) -> None:
    for text, (x, width) in zip(cells, columns, strict=True):
        paper.rect(x, y, width, high)
        paper.put(text, x + 1, y + high / 2 - 3, width - 2, 12)


def agenda_sheet(sheet: Sheet, font: Font) -> bytes:
    """The agenda, to be laid on tables."""
    paper = Paper(font, _("Agenda"))
    paper.add_page()
    meeting = sheet.meeting
    paper.put(meeting.title, 20, 20, 170, 22)
    paper.put(_when(meeting), 20, 34, 170, 13)
    paper.put(meeting.place, 20, 42, 170, 13)
    y = 58.0
    for item in sheet.agenda:
        paper.put(f"{_hour(item.starts_at)}–{_hour(item.ends_at)}", 20, y, 34, 13)
        paper.put(item.title, 56, y, 134, 13)
        if item.who:
            y += 6
            paper.put(item.who, 56, y, 134, 10)
        y += 7
    paper.put(_("The meeting clarifies and weighs; it decides nothing."), 20, 280, 170, 10)
    return _bytes(paper)


SHEETS: Final[dict[str, Callable[[Sheet, Font], bytes]]] = {
    "name-tags": name_tags,
    "table-signs": table_signs,
    "sign-in": sign_in,
    "agenda": agenda_sheet,
}


def printed(code: str, sheet: Sheet, font: Font) -> bytes:
    """One of `SHEETS` as PDF. One at a time: each reads the whole font."""
    with _one_at_a_time:
        return SHEETS[code](sheet, font)
