"""Where proceedings show up elsewhere: a case's pages, a meeting's blocks, the inbox, letters."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from minben.base import inbox
from minben.base.inbox import Item, Waits
from minben.base.sections import Reader, Seen, sections_for
from minben.kernel.actor import ANONYMOUS, SYSTEM, Role
from minben.meetings import blocks
from minben.meetings.models import Meeting
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.proceedings import actions
from minben.proceedings.models import Turn
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import NodeKind
from tests.factories import DAY0, actor, make_agency, make_person, make_staff
from tests.held import ENDS, a_case, a_meeting, imported, officer, opened, staff_person

pytestmark = pytest.mark.django_db
OURS = {"questions", "concepts", "transcript"}


def shown(meeting: Meeting, reader: Reader, at: Any) -> dict[str, str]:
    """Our blocks of a meeting as markup; each asks once at most."""
    found = {}
    for (kind, code), block in blocks._blocks.items():
        if kind is not reader or code not in OURS:
            continue
        with CaptureQueriesContext(connection) as captured:
            data = block.load(meeting, ANONYMOUS, at)
        assert len(captured) <= 1
        if data is not None:
            context = {**data, "meeting": meeting, "actor": ANONYMOUS, "at": at}
            found[code] = render_to_string(block.template, context)
    return found


def test_the_case_shows_its_sheets_with_one_query_each() -> None:
    case = a_case()
    actions.add_issue(case_id=case.pk, kind=NodeKind.DEMAND, text="訴求", by=officer(), at=DAY0)
    seen = Seen(case.pk, case.number, officer(), DAY0)

    def sections(reader: Reader) -> list[str]:
        with translation.override("en"):
            return [
                render_to_string(section.template, {**data, "case": seen})
                for section, data in sections_for(reader, seen)
                if section.code == "sheets"
            ]

    assert sections(Reader.PUBLIC) == []
    [staff] = sections(Reader.STAFF)
    assert "1 entry" in staff
    assert "not published yet" in staff
    assert "not begun yet" in staff
    actions.publish_sheet(case_id=case.pk, kind=SheetKind.ISSUES, by=officer(), at=DAY0)
    [public] = sections(Reader.PUBLIC)
    assert f"/en/cases/{case.number}/issues/" in public
    assert "stakeholders" not in public


def test_the_public_page_of_a_case_leads_to_its_issue_map(
    client: Client, at_instant: Callable[..., Any]
) -> None:
    case = a_case()
    actions.add_issue(case_id=case.pk, kind=NodeKind.DEMAND, text="訴求", by=officer(), at=DAY0)
    actions.publish_sheet(case_id=case.pk, kind=SheetKind.ISSUES, by=officer(), at=DAY0)
    with at_instant(DAY0):
        page = client.get(f"/cases/{case.number}/").content.decode()
    assert f'href="/cases/{case.number}/issues/"' in page


def test_blocks_of_a_meeting_before_and_after() -> None:
    meeting = a_meeting()
    assert set(shown(meeting, Reader.PUBLIC, DAY0)) == {"questions"}
    assert set(shown(meeting, Reader.PUBLIC, ENDS)) == set()  # nobody asked anything
    assert set(shown(meeting, Reader.STAFF, DAY0)) == {"questions", "concepts"}
    assert set(shown(meeting, Reader.STAFF, ENDS)) == {"concepts", "transcript"}
    planned = a_meeting(state="planned", announced_at=None)
    assert set(shown(planned, Reader.PUBLIC, DAY0)) == set()


def test_the_transcript_block_tells_how_far_it_is() -> None:
    transcript, _ = opened()
    due = transcript.due_at
    with translation.override("en"):
        waiting = shown(transcript.meeting, Reader.PUBLIC, ENDS)["transcript"]
        assert "17 March 2026" in waiting
        assert (
            "it can be published" not in shown(transcript.meeting, Reader.STAFF, ENDS)["transcript"]
        )
        assert "it can be published" in shown(transcript.meeting, Reader.STAFF, due)["transcript"]
        actions.publish_transcript(meeting_number=transcript.meeting.number, by=officer(), at=due)  # type: ignore[arg-type]
        assert "Read the transcript" in shown(transcript.meeting, Reader.PUBLIC, due)["transcript"]


def waiting(at: Any, by: Any = None) -> list[Item]:
    by = by or officer()
    with CaptureQueriesContext(connection) as captured:
        items = list(inbox._sources["proceedings"](by, at))
    assert len(captured) <= 2
    return items


def test_the_inbox_follows_the_window() -> None:
    transcript, speaker = opened()
    due = transcript.due_at
    [item] = waiting(ENDS)
    assert (item.waits, item.due_at) == (Waits.OTHERS, due)
    asked = actions.ask_redaction(
        turn_id=Turn.objects.get(transcript=transcript, number=2).pk,
        passage="王小明",
        ground="personal",  # type: ignore[arg-type]
        reason="不在場的人。",
        by=speaker,
        at=ENDS,
    )
    assert [item.waits for item in waiting(ENDS)] == [Waits.ME, Waits.OTHERS]
    assert [item.key.split(":")[0] for item in waiting(due)] == ["redactions"]
    actions.decide_redaction(redaction_id=asked.pk, granted=True, reason="", by=officer(), at=ENDS)
    [item] = waiting(due)
    assert (item.waits, item.due_at, item.key.split(":")[0]) == (Waits.ME, None, "transcript")
    for stranger in (
        make_staff(Role.OFFICER, make_agency("交通部", "motc")),
        make_staff(Role.CHECKER),
    ):
        assert waiting(due, stranger) == []
    actions.publish_transcript(meeting_number=transcript.meeting.number, by=officer(), at=due)  # type: ignore[arg-type]
    assert waiting(due) == []


def test_questions_wait_until_they_are_answered_or_the_meeting_is_over() -> None:
    meeting = a_meeting()
    asked = actions.ask_question(
        meeting_number=meeting.number, text="何時？", by=actor(make_person()), at=DAY0
    )
    [item] = waiting(DAY0)
    assert (item.due_at, item.case_id) == (ENDS, meeting.case_id)
    assert waiting(ENDS) == []
    actions.answer_question(question_id=asked.pk, answer="", by=officer(), at=DAY0)
    assert waiting(DAY0) == []


def letter(kind: str, at: Any) -> str:
    """The body of the only letter of that kind, as it left; its links lead somewhere."""
    Notice.objects.exclude(kind=f"proceedings.{kind}").delete()
    language = Notice.objects.get().language
    assert send_due(by=SYSTEM, at=at) == 1, Notice.objects.get().last_error
    body = str(mail.outbox[-1].body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "None"):
        assert left_over not in body
    links = [word for word in body.split() if word.startswith("http")]
    assert links
    for link in links:
        path = "/" + link.split("/", 3)[3]
        with translation.override(language):
            resolve(path)
    return f"{mail.outbox[-1].subject}\n{body}"


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_letters(language: str) -> None:
    person = staff_person()
    person.language = language
    person.save()
    transcript, speaker = opened(person)
    told = letter("window_opened", ENDS)
    assert "2026-03-17" in told
    assert "十個工作日" in told
    assert f"/meetings/{transcript.meeting.number}/words/" in told
    assert ("Please check your words" in told) is (language == "en")
    for granted in (True, False):
        passage = "王小明" if granted else "很難用"
        asked = actions.ask_redaction(
            turn_id=Turn.objects.get(transcript=transcript, number=2).pk,
            passage=passage,
            ground="personal",  # type: ignore[arg-type]
            reason="不在場的人。",
            by=speaker,
            at=ENDS,
        )
        actions.decide_redaction(
            redaction_id=asked.pk, granted=granted, reason="須保留原意。", by=officer(), at=ENDS
        )
        told = letter("redaction_decided", ENDS)
        assert "須保留原意。" in told
        assert passage not in told
        Notice.objects.all().delete()


def test_an_invitation_is_dropped_when_the_window_is_over() -> None:
    transcript, _ = opened()
    Notice.objects.exclude(kind="proceedings.window_opened").delete()
    assert transcript.due_at
    assert send_due(by=SYSTEM, at=transcript.due_at) == 0
    assert Notice.objects.get().dropped_at


def test_importing_tells_nobody() -> None:
    imported()
    assert not Notice.objects.filter(kind__startswith="proceedings.").exists()
