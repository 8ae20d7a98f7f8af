"""Meetings and topics for machines: what the pages say, and nobody's name."""

from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import SYSTEM
from minben.meetings import actions
from minben.meetings.rules.places import ParticipantKind
from minben.proposals.models import Proposal
from tests.db.meetings.scenes import (
    WHEN,
    a_round,
    agreed,
    announced,
    draft,
    host,
    named,
    nominated,
    officer,
    planned,
    reported,
    vote,
)

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200
    return answer.json()


def test_a_meeting_with_its_result_and_actions(client: Client) -> None:
    by = host()
    meeting = reported(by, public_places=20)
    action = agreed(meeting, by)
    draft(meeting, by, agreed="更正：還沒有公布的更正內容，不應出現。", correction="處數誤植為三處")
    actions.mark_late(by=SYSTEM, at=action.due_at)
    told = get(client, f"/meetings/{meeting.number}")
    assert told["case"] == meeting.case.number
    assert told["starts_at"] == WHEN.isoformat().replace("+00:00", "Z")
    assert [one["version"] for one in told["reports"]] == [1]
    [done] = told["actions"]
    assert (done["text"], done["late"], done["agency"]["code"]) == (action.text, True, "mof")
    assert "更正" not in str(told)


def test_people_are_numbers(client: Client) -> None:
    by = host()
    meeting = announced(by)
    named(meeting, by, ParticipantKind.STAKEHOLDER, name="李大明")
    told = get(client, f"/meetings/{meeting.number}")
    assert told["people"]["by_kind"] == {"stakeholder": 1}
    assert "李大明" not in str(told)


def test_only_announced_meetings_about_public_cases(client: Client) -> None:
    shown, hidden, planned_one = announced(), announced(), planned()
    Proposal.objects.filter(case=hidden.case_id).update(
        state="checking", opens_at=None, closes_at=None
    )
    listed = get(client, "/meetings")
    assert [one["number"] for one in listed["items"]] == [shown.number]
    for row in (hidden, planned_one):
        assert client.get(f"/api/v1/meetings/{row.number}").status_code == 404
    assert client.get("/api/v1/meetings?page=9").status_code == 404


def test_votes_are_told_when_they_are_counted(client: Client) -> None:
    by = officer()
    held = a_round(by)
    topic = nominated(held, by)
    vote(held, by, topic)
    before = get(client, f"/meeting-topics/{held.pk}")
    assert (before["topics"][0]["votes"], before["topics"][0]["voters"]) == (None, None)
    assert before["ballots"] == 1
    actions.count_rounds(by=SYSTEM, at=held.closes_at)
    after = get(client, f"/meeting-topics/{held.pk}")
    assert (after["topics"][0]["votes"], after["topics"][0]["won"]) == (1, True)
    assert after["topics"][0]["meeting"] is None  # in preparation
    assert after["entitled"] == 1
    assert [one["id"] for one in get(client, "/meeting-topics")] == [held.pk]
    assert client.get("/api/v1/meeting-topics/999999").status_code == 404
