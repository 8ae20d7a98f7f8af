"""One proposal for machines: all of its page, public fields only; what is hidden stays hidden."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import Role
from minben.proposals import actions
from tests.factories import DAY, DAY0, actor, endorse, file_one, make_person, make_staff
from tests.web.proposals.stages import (
    BLOCKS,
    OPEN,
    answered_one,
    crowd,
    hidden_one,
    open_one,
    pause,
    withdrawn_one,
)

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def test_an_answered_proposal_whole(client: Client, at_instant: At) -> None:
    proposal = answered_one()
    with at_instant(OPEN + 20 * DAY):
        told = get(client, f"proposals/{proposal.case.number}")
    assert (told["stage"], told["adoption"]) == ("answered", "partly_adopted")
    assert told["content"] == proposal.content
    assert told["rule_set"] == "tw-join-2018"
    assert told["agencies_now"] == [{"name": {"zh": "財政部", "en": "MOF"}, "leads": True}]
    answer = told["responses"][0]
    assert {name: answer[name] for name in BLOCKS} == BLOCKS
    deadlines = {row["kind"]: row for row in told["deadlines"]}
    assert deadlines["response"]["outcome"] == "met"
    assert deadlines["response"]["basis"]
    assert deadlines["endorse_close"]["due"]["last_day"] == "2026-05-01"
    codes = [event["code"] for event in told["timeline"]]
    assert "casework.response_published" in codes
    assert "proposals.filed" in codes[-2:]
    assert {"zh", "en"} == set(told["timeline"][0]["label"])
    assert told["curve"][-1]["total"] == 3
    assert {date["step"] for date in told["next_dates"]} == {"closes", "reproposal"}


def test_a_paused_proposal_says_until_when(client: Client, at_instant: At) -> None:
    proposal = open_one()
    pause(OPEN, 10)
    with at_instant(OPEN + DAY):
        told = get(client, f"proposals/{proposal.case.number}")
    assert told["stage"] == "paused"
    assert told["paused_until"].startswith("2026-03-14T16:00")


def test_endorsements_have_public_fields_only(client: Client) -> None:
    proposal, person = open_one(), make_person("小葉")
    endorse(proposal_id=proposal.pk, by=actor(person), at=OPEN, reason="我也需要")
    crowd(proposal, 120)
    told = get(client, f"proposals/{proposal.case.number}/endorsements?page=3")
    assert (told["count"], told["pages"], len(told["items"])) == (121, 3, 21)
    mine = told["items"][-1]
    assert mine == {
        "number": 1,
        "at": mine["at"],
        "nickname": "小葉",
        "county": "臺北市",
        "township": "中正區",
        "reason": "我也需要",
    }
    county = get(client, f"proposals/{proposal.case.number}/endorsements?county=花蓮縣")
    assert county["count"] == 30
    get(client, f"proposals/{proposal.case.number}/endorsements?page=9", 404)


def test_a_hidden_comment_is_withheld(client: Client) -> None:
    proposal, person = open_one(), make_person()
    said = discussion.comment(
        thread_id=proposal.thread_id, side=Side.CON, body="罵人的話", by=actor(person), at=OPEN
    )
    discussion.comment(
        thread_id=proposal.thread_id, side=Side.PRO, body="很需要", by=actor(person), at=OPEN
    )
    discussion.hide_comment(
        comment_id=said.pk,
        ground="abuse",
        reason="人身攻擊，與議題無關。",
        by=make_staff(Role.CHECKER),
        at=OPEN,
    )
    told = get(client, f"proposals/{proposal.case.number}/comments")
    assert told["count"] == 2
    hidden = next(row for row in told["items"] if row["hidden"])
    assert hidden["body"] == ""
    assert hidden["reason"] == "人身攻擊，與議題無關。"
    assert hidden["ground"]["en"] == "Insults or personal attacks"
    assert get(client, f"proposals/{proposal.case.number}/comments?side=pro")["count"] == 1
    assert "罵人的話" not in str(told)


def test_what_is_not_public_is_not_found(client: Client) -> None:
    person = make_person()
    waiting, early = file_one(), file_one(person)
    actions.withdraw(proposal_id=early.pk, reason="先撤回再想想。", by=actor(person), at=DAY0)
    for proposal in (waiting, early, hidden_one()):
        for rest in ("", "/endorsements", "/comments"):
            get(client, f"proposals/{proposal.case.number}{rest}", 404)
    get(client, f"proposals/{withdrawn_one().case.number}")


def test_the_register_withholds_what_the_ground_demands(client: Client) -> None:
    plain, withheld = (
        hidden_one(),
        hidden_one(ground="illegal_content", reason="涉及誹謗，不予公開。"),
    )
    told = {row["number"]: row for row in get(client, "hidden")["items"]}
    assert told[plain.case.number]["subject"] == plain.subject
    assert told[withheld.case.number]["subject"] is None
    assert told[withheld.case.number]["reason"] == "涉及誹謗，不予公開。"
    entry = get(client, f"hidden/{withheld.case.number}")
    assert (entry["withheld"], entry["content"], entry["benefits"]) == (True, None, None)
    assert entry["appeal_until"]["last_day"]
    assert get(client, f"hidden/{plain.case.number}")["content"] == plain.content
    assert get(client, "hidden?ground=unclear_or_private")["count"] == 1
    get(client, "hidden/2026-999999", 404)
    assert withheld.content not in str(get(client, "hidden"))


def test_codraftings_are_told_with_their_suggestions(client: Client, at_instant: At) -> None:
    author, helper = make_person("起草人"), make_person("幫手")
    draft = actions.begin_draft(jurisdiction_code="ey", by=actor(author), at=DAY0)
    private = actions.begin_draft(jurisdiction_code="ey", by=actor(author), at=DAY0)
    actions.save_draft(
        draft_id=draft.pk, changes={"subject": "請大家幫我改這份提議"}, by=actor(author), at=DAY0
    )
    opened = actions.open_codrafting(draft_id=draft.pk, days=7, by=actor(author), at=DAY0)
    discussion.comment(
        thread_id=opened.thread_id or 0,
        side=Side.SUGGESTION,
        body="主題再短一點",
        by=actor(helper),
        at=DAY0,
    )
    with at_instant(OPEN):
        assert [row["id"] for row in get(client, "codrafts")["items"]] == [str(draft.pk)]
        assert get(client, "codrafts?running=false")["items"] == []
        whole = get(client, f"codrafts/{draft.pk}")
        said = get(client, f"codrafts/{draft.pk}/comments")
    assert whole["author"].startswith("起草人")
    assert whole["became"] == ""
    assert said["items"][0]["body"] == "主題再短一點"
    get(client, f"codrafts/{private.pk}", 404)
    get(client, "codrafts/not-an-id", 422)
    assert author.email not in str(whole)


def test_the_database_away_is_told_as_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_: object) -> None:
        raise OperationalError("gone")

    lists = import_module("minben.proposals.api.lists")
    monkeypatch.setattr(lists, "figures", away)
    problem = get(client, "figures", 503)
    assert problem["code"] == "database_away"
    assert "gone" not in str(problem)
