"""The question wall: asked, wanted, answered, hidden; with and without a stream."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from minben.base import hot_pages
from minben.kernel.actor import Role
from minben.meetings.models import Meeting
from minben.proceedings import actions, streaming
from minben.proceedings.models import Question, QuestionVote
from minben.proceedings.queries import questions
from minben.proceedings.rules.questions import MOST_EACH, PAUSE, HideGround
from tests.factories import DAY0, actor, make_agency, make_person
from tests.held import ENDS, a_meeting, officer
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_day0")]
NASTY = "<img src=x onerror=alert(1)> & 為什麼？"


@pytest.fixture(autouse=True)
def _on_day0(at_instant: Callable[..., Any]) -> Any:
    with at_instant(DAY0):
        yield


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting()


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.OFFICER, make_agency())


def ask(meeting: Meeting, text: str = "何時支援 Mac？") -> Question:
    return actions.ask_question(
        meeting_number=meeting.number, text=text, by=actor(make_person()), at=DAY0
    )


def want(question: Question, times: int = 1) -> None:
    for _ in range(times):
        actions.want_question(question_id=question.pk, by=actor(make_person()), at=DAY0)


def url(meeting: Meeting, rest: str = "questions/") -> str:
    return f"/en/meetings/{meeting.number}/{rest}"


def test_asking_and_wanting_by_plain_forms(citizen_client: Any, meeting: Meeting) -> None:
    mine, other = citizen_client(), citizen_client()
    sent = mine.post(url(meeting, "questions/ask/"), {"text": NASTY})
    asked = Question.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == f"{url(meeting)}#q{asked.pk}"
    for _ in range(2):  # twice is once
        other.post(url(meeting, f"questions/{asked.pk}/want/"))
    assert QuestionVote.objects.count() == 1
    page = other.get(url(meeting)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<span data-wanted>1</span>" in page
    assert "take back" in page
    assert mine.user.nickname not in page
    other.post(url(meeting, f"questions/{asked.pk}/want/"), {"act": "back"})
    assert not QuestionVote.objects.exists()


def test_the_most_wanted_stand_first_and_hidden_ones_last(client: Client, meeting: Meeting) -> None:
    first, second, third = (ask(meeting, f"第{n}題") for n in range(3))
    want(second, 2)
    want(third, 3)
    actions.hide_question(
        question_id=third.pk,
        ground=HideGround.PERSONAL,
        reason="指名辱罵他人。",
        by=officer(),
        at=DAY0,
    )
    page = client.get(url(meeting)).content.decode()
    order = [int(found) for found in re.findall(r'id="q(\d+)"', page)]
    assert order == [second.pk, first.pk, third.pk]
    assert "第2題" not in page  # its words are withheld, ground and reason stand there
    assert "Personal attack" in page
    assert "指名辱罵他人。" in page
    told = json.loads(client.get(url(meeting, "questions.json")).content)
    assert [row["id"] for row in told["questions"]] == order
    assert "第2題" not in json.dumps(told, ensure_ascii=False)


def test_a_refused_question_comes_back_as_typed(citizen_client: Any, meeting: Meeting) -> None:
    mine = citizen_client()
    long = "長" * 201
    refused = mine.post(url(meeting, "questions/ask/"), {"text": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    mine.post(url(meeting, "questions/ask/"), {"text": "第一題"})
    fast = mine.post(url(meeting, "questions/ask/"), {"text": "馬上第二題"})
    assert fast.status_code == 429
    assert "馬上第二題" in fast.content.decode()


def test_ten_questions_a_person(meeting: Meeting, citizen_client: Any, at_instant: Any) -> None:
    mine = citizen_client()
    for n in range(MOST_EACH + 1):
        with at_instant(DAY0 + n * 2 * PAUSE):
            last = mine.post(url(meeting, "questions/ask/"), {"text": f"第{n}題"})
    assert last.status_code == 429
    assert Question.objects.count() == MOST_EACH


def test_who_is_not_confirmed_is_shown_the_way(
    client: Client, citizen_client: Any, meeting: Meeting
) -> None:
    asked = ask(meeting)
    assert "Sign in to ask" in client.get(url(meeting)).content.decode()
    half = citizen_client(verified=False)
    assert "Finish your account" in half.get(url(meeting)).content.decode()
    for browser in (client, half):
        for path in ("questions/ask/", f"questions/{asked.pk}/want/"):
            assert browser.post(url(meeting, path), {"text": "題"}).status_code == 302
    assert Question.objects.count() == 1
    assert not QuestionVote.objects.exists()


def test_after_the_meeting_the_wall_is_read_only(
    client: Client, citizen_client: Any, meeting: Meeting, at_instant: Any
) -> None:
    asked, mine = ask(meeting), citizen_client()
    with at_instant(ENDS):
        page = client.get(url(meeting)).content.decode()
        assert "nothing more can be asked" in page
        assert "data-stream" not in page
        assert mine.post(url(meeting, "questions/ask/"), {"text": "晚了"}).status_code == 409
        assert mine.post(url(meeting, f"questions/{asked.pk}/want/")).status_code == 409
        assert client.get(url(meeting, "questions/stream")).status_code == 204
    planned = a_meeting(state="planned", announced_at=None)
    for rest in ("questions/", "questions.json", "questions/stream"):
        assert client.get(url(planned, rest)).status_code == 404


def test_moderation_is_the_hosts(
    desk: SignedIn, staff_client: Any, client: Client, meeting: Meeting
) -> None:
    asked = ask(meeting, "有個資的問題")
    base = f"/en/desk/meetings/{meeting.number}/questions/"
    other = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
    assert other.get(base).status_code == 403
    assert other.post(f"{base}{asked.pk}/", {"act": "show"}).status_code == 403
    assert "有個資的問題" in desk.get(base).content.decode()
    short = desk.post(f"{base}{asked.pk}/", {"act": "hide", "ground": "privacy", "reason": "無"})
    assert short.status_code == 422
    assert 'value="無"' in short.content.decode()
    hide = {"act": "hide", "ground": "privacy", "reason": "寫出了他人住址。"}
    assert desk.post(f"{base}{asked.pk}/", hide).status_code == 302
    assert "寫出了他人住址。" in desk.get(f"{base}{asked.pk}/").content.decode()
    assert desk.post(f"{base}{asked.pk}/", {"act": "show"}).status_code == 302
    answer = {"act": "answer", "answer": "明年五月。"}
    assert desk.post(f"{base}{asked.pk}/", answer).status_code == 302
    assert desk.post(f"{base}{asked.pk}/", answer).status_code == 409
    page = client.get(url(meeting)).content.decode()
    assert "明年五月。" in page
    assert desk.get(f"{base}987/").status_code == 404


def test_a_question_of_another_meeting_is_not_found(citizen_client: Any, meeting: Meeting) -> None:
    elsewhere = ask(a_meeting())
    answer = citizen_client().post(url(meeting, f"questions/{elsewhere.pk}/want/"))
    assert answer.status_code == 404


def test_the_wall_and_its_twin_ask_little(
    client: Client, citizen_client: Any, meeting: Meeting
) -> None:
    for n in range(30):
        want(ask(meeting, f"第{n}題"), n % 3)
    mine = citizen_client()
    assert queries_of(lambda: client.get(url(meeting))) <= 4
    assert queries_of(lambda: mine.get(url(meeting))) <= 8
    hot_pages.forget_all()
    assert queries_of(lambda: client.get(url(meeting, "questions.json"))) == 2
    warm = client.get(url(meeting, "questions.json"))
    assert queries_of(lambda: client.get(url(meeting, "questions.json"))) == 0
    again = client.get(url(meeting, "questions.json"), headers={"if-none-match": warm["ETag"]})
    assert again.status_code == 304
    assert len(questions.standing(meeting.pk)) == 30


def leave(answer: Any) -> None:
    """What the server does with a stream whose reader is gone, without ending the request."""
    for close in answer._resource_closers:
        close()


class TestStream:
    @pytest.fixture(autouse=True)
    def _own_seats(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(streaming, "seats", streaming.Seats(2))
        monkeypatch.setattr(streaming, "walls", streaming.Walls())

    def test_it_begins_with_what_stands_there(self, client: Client, meeting: Meeting) -> None:
        asked = ask(meeting)
        answer = client.get(url(meeting, "questions/stream"))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/event-stream"
        assert answer["Cache-Control"] == "no-store"
        parts = iter(answer.streaming_content)
        assert next(parts) == streaming.RETRY
        news = next(parts).decode()
        assert news.startswith("event: wall\ndata: ")
        assert news.endswith("\n\n")
        told = json.loads(news.removeprefix("event: wall\ndata: "))
        assert told == {"questions": [{"id": asked.pk, "wanted": 0, "state": "open"}]}
        assert len(streaming.seats) == 1
        leave(answer)
        assert len(streaming.seats) == 0

    def test_when_all_seats_are_taken_readers_are_told_to_come_later(
        self, client: Client, meeting: Meeting
    ) -> None:
        taken = [client.get(url(meeting, "questions/stream")) for _ in range(2)]
        full = client.get(url(meeting, "questions/stream"))
        assert full.status_code == 503
        assert full["Retry-After"] == "60"
        leave(taken[0])
        again = client.get(url(meeting, "questions/stream"))
        assert again.status_code == 200
        assert len(streaming.seats) == 2

    def test_many_streams_of_a_wall_ask_once(self, meeting: Meeting) -> None:
        assert queries_of(lambda: [streaming.walls.look(meeting.pk) for _ in range(8)]) == 1

    def test_it_ends_with_the_meeting(
        self, client: Client, meeting: Meeting, at_instant: Any
    ) -> None:
        with at_instant(ENDS - timedelta(milliseconds=300)):
            answer = client.get(url(meeting, "questions/stream"))
            parts = list(answer.streaming_content)
        assert parts[-1] == b"event: closed\ndata: {}\n\n"
        assert parts[1].startswith(b"event: wall")
        assert len(streaming.seats) == 0
