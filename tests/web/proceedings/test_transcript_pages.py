"""The transcript: imported, checked by who spoke, published after its window and not before."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minben.audit.models import Event
from minben.kernel.actor import Role
from minben.meetings.models import Meeting
from minben.proceedings import actions
from minben.proceedings.models import Redaction, Speaker, Transcript, Turn
from tests.factories import DAY, make_agency
from tests.held import ENDS, SAID, a_meeting, imported, officer, opened, staff_person
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LATE = ENDS + 60 * DAY
WHY = "發言時提到了不在場的人。"


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.OFFICER, make_agency())


def published() -> Transcript:
    """A transcript that is public, with a corrected turn and a redacted passage."""
    transcript, speaker = opened()
    turn = Turn.objects.get(transcript=transcript, number=2)
    actions.redact_turn(
        turn_id=turn.pk, passage="王小明", ground="personal", reason=WHY, by=officer(), at=ENDS
    )
    actions.correct_turn(
        turn_id=turn.pk,
        text="報稅軟體 <b>很難用</b>，請█1█也說說。",
        revision=2,
        by=speaker,
        at=ENDS + DAY,
    )
    assert transcript.due_at
    return actions.publish_transcript(
        meeting_number=transcript.meeting.number, by=officer(), at=transcript.due_at
    )


def test_from_plain_text_to_the_public_page(
    desk: SignedIn, client: Client, citizen_client: At, at_instant: At
) -> None:
    meeting, person = a_meeting(), staff_person()
    staff, page = (
        f"/en/desk/meetings/{meeting.number}/transcript/",
        (f"/en/meetings/{meeting.number}/transcript/"),
    )
    with at_instant(ENDS):
        assert "No transcript yet" in desk.get(staff).content.decode()
        sent = desk.post(staff, {"act": "import", "text": SAID})
        assert sent.status_code == 302
        speaker = Speaker.objects.get(name="提議人")
        linked = desk.post(f"{staff}speakers/{speaker.pk}/", {"email": person.email})
        assert linked.status_code == 302
        assert client.get(page).status_code == 404
        assert desk.post(staff, {"act": "open"}).status_code == 302
        waiting = client.get(page).content.decode()
        assert "17 March 2026" in waiting  # ten working days after Tuesday 3 March
        assert "報稅軟體很難用" not in waiting
        refused = desk.post(staff, {"act": "publish"})
        told = refused.content.decode()
        assert refused.status_code == 409
        assert "2026-03-17" in told
        assert "十個工作日" in told
    mine = citizen_client(person)
    words = f"/en/meetings/{meeting.number}/words/"
    with at_instant(ENDS + DAY):
        own = mine.get(words).content.decode()
        assert "報稅軟體很難用" in own
        assert "各位早" not in own
        correct = {
            "act": "correct",
            "text": "報稅軟體對視障者很難用，請王小明說。",
            "revision": "1",
        }
        assert mine.post(f"{words}2/", correct).status_code == 302
        ask = {"act": "redact", "passage": "王小明", "ground": "personal", "reason": WHY}
        assert mine.post(f"{words}2/", ask).status_code == 302
        asked = Redaction.objects.get()
        assert "王小明" in desk.get(staff).content.decode()
    due = Transcript.objects.get().due_at
    assert due is not None
    with at_instant(due):
        refused = desk.post(staff, {"act": "publish"})
        assert refused.status_code == 409
        assert "not decided yet: 1" in refused.content.decode()
        granted = desk.post(f"{staff}redactions/{asked.pk}/", {"granted": "yes"})
        assert granted.status_code == 302
        assert desk.post(staff, {"act": "publish"}).status_code == 302
        public = client.get(page).content.decode()
    assert "對視障者" in public
    assert "王小明" not in public
    assert "████" in public
    assert "Personal data of others" in public
    assert "corrected by the speaker on" in public
    assert 'id="t2"' in public
    assert 'href="#t2"' in public


def test_one_microsecond_before_the_window_ends_it_is_too_early(
    desk: SignedIn, at_instant: At
) -> None:
    transcript, _ = opened()
    due = transcript.due_at
    assert due is not None
    staff = f"/en/desk/meetings/{transcript.meeting.number}/transcript/"
    with at_instant(due - timedelta(seconds=1)):
        assert desk.post(staff, {"act": "publish"}).status_code == 409
    transcript.refresh_from_db()
    assert transcript.published_at is None
    with at_instant(due):
        assert desk.post(staff, {"act": "publish"}).status_code == 302


def test_what_was_redacted_or_said_before_is_nowhere_in_public(
    client: Client, at_instant: At
) -> None:
    number = published().meeting.number
    with at_instant(LATE):
        for path in ("transcript/", "transcript.txt"):
            told = client.get(f"/meetings/{number}/{path}").content.decode()
            assert "王小明" not in told
            assert "報稅軟體很難用" not in told
            assert WHY not in told
            assert "他人個人資料" in told
        assert "<b>" not in client.get(f"/meetings/{number}/transcript/").content.decode()
        text = client.get(f"/meetings/{number}/transcript.txt").content.decode()
        told = client.get(f"/meetings/{number}/transcript.json").json()
    assert text.startswith("主席: 各位早，會議開始。\n")
    lines = "".join(f"{row['speaker']}: {row['text']}\n" for row in told["turns"])
    event = Event.objects.get(kind="proceedings.transcript_published")
    assert hashlib.sha256(lines.encode()).hexdigest() == told["sha256"] == event.data["sha256"]
    assert told["turns"][1]["redactions"] == {"1": "personal"}
    assert "王小明" not in lines


def test_redacting_after_publication_is_marked(
    desk: SignedIn, client: Client, at_instant: At
) -> None:
    number = published().meeting.number
    staff = f"/en/desk/meetings/{number}/transcript/"
    sent = {"act": "redact", "turn": "3", "passage": "指教", "ground": "secret", "reason": WHY}
    with at_instant(LATE):
        assert desk.post(staff, sent | {"turn": "9"}).status_code == 409
        wrong = desk.post(staff, sent | {"passage": "不在裡面"})
        assert wrong.status_code == 422
        assert "不在裡面" in wrong.content.decode()
        assert desk.post(staff, sent).status_code == 302
        page = client.get(f"/en/meetings/{number}/transcript/").content.decode()
    assert "指教" not in page
    assert "Secret by law" in page


def test_speakers_see_their_own_words_only_and_only_in_time(
    client: Client, citizen_client: At, at_instant: At
) -> None:
    person = staff_person()
    transcript, _ = opened(person)
    number, due = transcript.meeting.number, transcript.due_at
    assert due is not None
    words = f"/en/meetings/{number}/words/"
    mine, other = citizen_client(person), citizen_client()
    with at_instant(ENDS):
        assert client.get(words).status_code == 302  # to the sign-in page
        assert other.get(words).status_code == 404
        assert other.get(f"{words}2/").status_code == 404
        assert mine.get(f"{words}1/").status_code == 404  # of somebody else
        same = {"act": "correct", "text": "改了一次", "revision": "1"}
        assert mine.post(f"{words}2/", same).status_code == 302
        again = mine.post(f"{words}2/", same | {"text": "第二個視窗的字"})
        assert again.status_code == 409
        assert "第二個視窗的字" in again.content.decode()
        empty = mine.post(f"{words}2/", {"act": "redact", "passage": "", "ground": "agreed"})
        assert empty.status_code == 422
    with at_instant(due):
        assert "The time to correct them is over" in mine.get(words).content.decode()
        late = mine.post(f"{words}2/", same | {"revision": "2"})
        assert late.status_code == 409
    assert Turn.objects.get(transcript=transcript, number=2).text == "改了一次"


def test_a_file_is_taken_and_what_is_none_is_refused(desk: SignedIn, at_instant: At) -> None:
    meeting = a_meeting()
    staff = f"/en/desk/meetings/{meeting.number}/transcript/"
    with at_instant(ENDS):
        bad = SimpleUploadedFile("t.txt", b"\xff\xfe\x00", "text/plain")
        refused = desk.post(staff, {"act": "import", "text": "", "file": bad})
        assert refused.status_code == 422
        assert "no plain text in UTF-8" in refused.content.decode()
        good = SimpleUploadedFile("t.txt", "\ufeff主席：早。".encode(), "text/plain")
        assert desk.post(staff, {"act": "import", "text": "", "file": good}).status_code == 302
        assert Turn.objects.get().text == "早。"
        typed = desk.post(staff, {"act": "import", "text": "沒有名字"})
        assert typed.status_code == 422
        assert "沒有名字" in typed.content.decode()
        assert Turn.objects.get().text == "早。"


def test_only_the_host_agency_keeps_the_transcript(
    staff_client: Callable[..., SignedIn], citizen_client: At, client: Client, at_instant: At
) -> None:
    transcript, _ = opened()
    staff = f"/desk/meetings/{transcript.meeting.number}/transcript/"
    other = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
    with at_instant(LATE):
        for path in (staff, f"{staff}speakers/1/"):
            assert other.get(path).status_code == 403
            assert citizen_client().get(path).status_code == 403
        assert other.post(staff, {"act": "publish"}).status_code == 403
        assert other.post(f"{staff}redactions/1/").status_code == 403
        assert client.get("/desk/meetings/nothing/transcript/").status_code == 302
    transcript.refresh_from_db()
    assert transcript.published_at is None


def test_a_meeting_that_is_not_announced_has_no_public_transcript(
    client: Client, at_instant: At
) -> None:
    transcript = published()
    Meeting.objects.filter(pk=transcript.meeting_id).update(state="planned")
    with at_instant(LATE):
        assert client.get(f"/meetings/{transcript.meeting.number}/transcript/").status_code == 404
        assert client.get("/meetings/none/transcript/").status_code == 404


def test_a_long_transcript_is_read_with_few_queries(client: Client, at_instant: At) -> None:
    lines = "\n".join(f"甲：第{n}句，王小明。" for n in range(1, 701))
    transcript = imported(text=lines)
    number = transcript.meeting.number
    for turn in Turn.objects.filter(number__lte=20):
        actions.redact_turn(
            turn_id=turn.pk, passage="王小明", ground="personal", reason=WHY, by=officer(), at=ENDS
        )
    due = actions.open_window(meeting_number=number, by=officer(), at=ENDS).due_at
    assert due is not None
    actions.publish_transcript(meeting_number=number, by=officer(), at=due)
    with at_instant(LATE):
        assert queries_of(lambda: client.get(f"/meetings/{number}/transcript/")) <= 5
        second = client.get(f"/meetings/{number}/transcript/", {"page": "2"}).content.decode()
    assert 'id="t301"' in second
    assert 'id="t300"' not in second


def test_importing_again_keeps_who_was_linked(at_instant: At) -> None:
    transcript, person = imported(), staff_person()
    speaker = transcript.speakers.get(name="主席")
    number = transcript.meeting.number
    actions.link_speaker(
        meeting_number=number, speaker_id=speaker.pk, email=person.email, by=officer(), at=ENDS
    )
    actions.import_transcript(
        meeting_number=number, text="主席：重來。", by=officer(), at=ENDS + DAY
    )
    assert [row.person_id for row in transcript.speakers.all()] == [person.pk]
    assert [row.text for row in transcript.turns.all()] == ["重來。"]
