"""A case of an agency, and a meeting about it that is announced, as tests of proceedings need them."""

from datetime import timedelta
from itertools import count

from minben.casework import actions as casework
from minben.casework.models import Case
from minben.kernel.actor import SYSTEM, Actor, Grant, Role
from minben.meetings.models import Meeting
from minben.people import actions as people
from minben.people.models import User
from minben.proceedings import actions
from minben.proceedings.models import Speaker, Transcript
from tests.factories import DAY, DAY0, actor, make_agency, make_person, make_staff

HOUR = timedelta(hours=1)
STARTS, ENDS = DAY0 + DAY, DAY0 + DAY + 5 * HOUR  # Tuesday 3 March 2026, 10:00 to 15:00
SAID = "主席：各位早，會議開始。\n提議人：報稅軟體很難用，請王小明也說說。\n財政部：謝謝指教。"
_numbers = count(1)


def officer() -> Actor:
    """An officer of the agency that brings the case."""
    return make_staff(Role.OFFICER, make_agency())


def a_case() -> Case:
    """A case the ministry of finance brings itself; it leads."""
    return casework.open_agency_case(
        agency_id=make_agency().pk,
        jurisdiction_code="ey",
        subject="報稅軟體如何更好用",
        by=SYSTEM,
        at=DAY0,
    )


def a_meeting(case: Case | None = None, **changes: object) -> Meeting:
    """An announced meeting about a case, on the day after DAY0."""
    n = next(_numbers)
    whole: dict[str, object] = {
        "case": case or a_case(),
        "number": f"M2026-{n:04d}",
        "kind": "collaboration",
        "aim": "clarify",
        "title": "報稅軟體協作會議",
        "purpose": "釐清報稅軟體的訴求與可行作法。",
        "agency": make_agency(),
        "starts_at": STARTS,
        "ends_at": ENDS,
        "place": "財政部一樓",
        "state": "announced",
        "opened_at": DAY0,
        "opened_by": "person:1",
        "announced_at": DAY0,
    }
    return Meeting.objects.create(**whole | changes)


def staff_person() -> User:
    """Somebody with a staff role, who may be linked to a speaker without a place at the meeting."""
    person = make_person()
    people.grant_role(
        user_id=person.pk, role=Role.OFFICER, agency_id=make_agency().pk, by=SYSTEM, at=DAY0
    )
    person.refresh_from_db()
    return person


def imported(meeting: Meeting | None = None, text: str = SAID) -> Transcript:
    """A transcript of three turns, imported when the meeting is over."""
    meeting = meeting or a_meeting()
    return actions.import_transcript(
        meeting_number=meeting.number, text=text, by=officer(), at=ENDS
    )


def opened(person: User | None = None) -> tuple[Transcript, Actor]:
    """A transcript whose window is open, and the speaker of turn 2."""
    transcript = imported()
    person = person or staff_person()
    speaker = Speaker.objects.get(transcript=transcript, name="提議人")
    number = transcript.meeting.number
    actions.link_speaker(
        meeting_number=number, speaker_id=speaker.pk, email=person.email, by=officer(), at=ENDS
    )
    transcript = actions.open_window(meeting_number=number, by=officer(), at=ENDS)
    return transcript, actor(person, Grant(Role.OFFICER, make_agency().pk))
