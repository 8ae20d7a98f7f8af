"""Name tags, table signs, sign-in sheet and agenda: real PDF whose Chinese can be read again."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from minben.kernel.actor import Role
from minben.meetings import actions, fonts
from minben.meetings.fonts import Font, chosen
from minben.meetings.models import Meeting
from tests.db.meetings.scenes import HOUR, OPEN, WHEN, host, named, planned
from tests.factories import make_agency

pytestmark = pytest.mark.django_db
FONT = fonts.cjk_font()
NAMES = [f"與會者{n:02d}" for n in range(1, 11)]


def prepared() -> Meeting:
    by = host()
    meeting = planned(by)
    rows = [named(meeting, by, name=name, organisation="賦稅署") for name in NAMES]
    actions.make_groups(meeting_id=meeting.pk, by=by, at=OPEN)
    actions.move_to_table(registration_id=rows[0].pk, table=1, host=True, by=by, at=OPEN)
    actions.add_agenda_item(
        meeting_id=meeting.pk,
        starts_at=WHEN,
        ends_at=WHEN + HOUR,
        title="機關引言",
        who="交通部",
        by=by,
        at=OPEN,
    )
    return meeting


@pytest.fixture
def officer(staff_client: Callable[..., Any]) -> Any:
    return staff_client(Role.OFFICER, make_agency())


def text_of(answer: Any) -> list[str]:
    """The text of each page without gaps. The reader takes each half of a code for a letter: NUL."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    pages = PdfReader(BytesIO(answer.content)).pages
    return ["".join(page.extract_text().replace("\0", "").split()) for page in pages]


@pytest.mark.skipif(FONT is None, reason="this machine has no Chinese font")
def test_every_sheet_says_what_it_should(officer: Any) -> None:
    meeting = prepared()
    page = officer.get(f"/desk/meetings/{meeting.number}/print/").content.decode()
    assert "name-tags.pdf" in page

    def sheet(code: str) -> list[str]:
        return text_of(officer.get(f"/desk/meetings/{meeting.number}/print/{code}.pdf"))

    tags = sheet("name-tags")
    assert len(tags) == 2  # eight on a page
    assert [sum(name in page for name in NAMES) for page in tags] == [8, 2]
    assert "賦稅署" in tags[0]
    signs = sheet("table-signs")
    assert len(signs) == 2  # ten people sit at two tables
    assert "第1桌" in signs[0]
    assert "與會者01" in signs[0]
    [signing] = sheet("sign-in")
    assert all(name in signing for name in NAMES)
    assert "簽名" in signing
    [agenda] = sheet("agenda")
    assert "10:00–11:00" in agenda
    assert "機關引言" in agenda
    assert meeting.place.replace(" ", "") in agenda


@pytest.mark.skipif(FONT is None, reason="this machine has no Chinese font")
def test_what_the_font_lacks_is_marked_and_long_names_stay_on_their_tag(officer: Any) -> None:
    by = host()
    meeting = planned(by)
    named(meeting, by, name="王\U000f1234明" + "長" * 57)
    [tags] = text_of(officer.get(f"/desk/meetings/{meeting.number}/print/name-tags.pdf"))
    assert "王〓明" in tags


def test_without_a_chinese_font_the_page_says_what_to_install(
    officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minben.meetings.views.papers.cjk_font", lambda: None)
    meeting = planned()
    page = officer.get(f"/en/desk/meetings/{meeting.number}/print/").content.decode()
    assert "fonts-noto-cjk" in page
    assert ".pdf" not in page
    answer = officer.get(f"/desk/meetings/{meeting.number}/print/name-tags.pdf")
    assert answer.status_code == 404


def test_only_the_host_prints(staff_client: Callable[..., Any]) -> None:
    meeting = planned()
    other = staff_client(Role.LEAD, make_agency("交通部", "motc"))
    for path in ("", "name-tags.pdf"):
        assert other.get(f"/desk/meetings/{meeting.number}/print/{path}").status_code == 404


def test_of_several_fonts_the_plainest_is_taken() -> None:
    told = """/f/Serif.ttc|3|Noto Serif CJK TC|Regular
/f/Sans-Bold.ttc|3|Noto Sans CJK TC|Bold
/f/Sans.ttc|0|Noto Sans CJK JP|Regular
/f/Sans.ttc|3|Noto Sans CJK TC|Regular
/f/Mono.ttc|8|Noto Sans Mono CJK TC|Regular
/f/old.pcf|0|Fixed TC|Regular
nonsense"""
    assert chosen(told) == Font(Path("/f/Sans.ttc"), 3)
    assert chosen("") is None
