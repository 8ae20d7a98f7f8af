"""Refusals of the acts on rule sets, cases, pauses and responses."""

from datetime import UTC, datetime
from typing import Any

from minben.base import refusals
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.models import Response
from minben.casework.rules import response_faults
from minben.casework.shipped import documents
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.proposals.models import Proposal
from tests.db.refused import admin, answered, citizen, open_one
from tests.factories import DAY, DAY0, file_one, make_agency, make_staff

BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")


def document(**changes: Any) -> dict[str, Any]:
    [shipped] = [one for one in documents() if one["code"] == "tw-join-2018"]
    return {**shipped, **changes}


def add(**changes: Any) -> None:
    casework.add_rule_set(document=document(**changes), by=admin(), at=DAY0)


@answered(404)
def rule_set_unknown() -> None:
    queries.rule_set("mars-2018")


@answered(422)
def no_rule_set_in_force() -> None:
    queries.rule_set_in_force("taipei", datetime(2001, 1, 1, tzinfo=UTC))


@answered(409)
def rule_set_changed() -> None:
    add(title_en="Another title")


@answered(409)
def rule_set_start_taken() -> None:
    add(code="tw-join-2018-again")


@answered(422)
def beyond_calendar() -> None:
    file_one(at=datetime(2027, 12, 31, 2, tzinfo=UTC))


@answered(403)
def not_permitted() -> None:
    casework.add_rule_set(document=document(), by=citizen(), at=DAY0)


def pause(starts: Any, ends: Any, **texts: str) -> Any:
    words = {"reason_zh": "公民投票", "reason_en": "", "source": "公告"} | texts
    government = queries.rule_set("tw-join-2018").jurisdiction_id
    return casework.declare_pause(
        jurisdiction_id=government, starts_at=starts, ends_at=ends, **words, by=admin(), at=DAY0
    )


@answered(422, field="ends_on", basis=True)
def pause_period() -> None:
    pause(DAY0 + DAY, DAY0 + DAY)


@answered(422, field="ends_on", basis=True)
def pause_in_the_past() -> None:
    pause(DAY0 - 2 * DAY, DAY0)


@answered(422, field="ends_on", basis=True)
def pause_too_long() -> None:
    pause(DAY0, DAY0 + 201 * DAY)


@answered(422, field="reason_zh", basis=True)
def pause_unexplained() -> None:
    pause(DAY0, DAY0 + DAY, reason_zh=" ")


@answered(422, field="source")
def pause_text_too_long() -> None:
    pause(DAY0, DAY0 + DAY, source="長" * 301)


@answered(409, basis=True)
def pause_over() -> None:
    declared = pause(DAY0, DAY0 + DAY)
    casework.cancel_pause(pause_id=declared.pk, by=admin(), at=DAY0 + DAY)


def officer() -> Actor:
    return make_staff(Role.OFFICER, make_agency())


def respond(proposal: Proposal, by: Actor, **given: Any) -> Response:
    whole: dict[str, Any] = {"blocks": BLOCKS, "adoption": "adopted", "revision": 0}
    return casework.draft_response(case_id=proposal.case_id, by=by, at=DAY0, **whole | given)


def publish(proposal: Proposal, by: Actor, revision: int) -> None:
    casework.publish_response(case_id=proposal.case_id, revision=revision, by=by, at=DAY0 + DAY)


@answered(403, basis=True)
def not_lead_agency() -> None:
    respond(open_one(), make_staff(Role.OFFICER, make_agency("交通部", "motc")))


@answered(409, basis=True)
def response_published_already() -> None:
    proposal, by = open_one(), officer()
    respond(proposal, by)
    publish(proposal, by, 1)
    respond(proposal, by)


@answered(409, basis=True)
def response_not_drafted() -> None:
    publish(open_one(), officer(), 0)


@answered(409)
def draft_changed() -> None:
    proposal, by = open_one(), officer()
    respond(proposal, by)
    respond(proposal, by)


@answered(422, field="analysis")
def block_too_long() -> None:
    respond(open_one(), officer(), blocks={**BLOCKS, "analysis": "長" * 6001})


@answered(422, field="follow_up")
def block_empty() -> None:
    """The page shows it beside each block, from the rules; no act raises it."""
    fault = response_faults({**BLOCKS, "follow_up": " "}, "adopted")
    assert fault == {"follow_up": "block_empty"}
    assert "block_empty" in refusals.codes()
    raise Refusal("block_empty", field="follow_up")


@answered(422, field="adoption")
def adoption_missing() -> None:
    respond(open_one(), officer(), adoption="perhaps")


@answered(422, basis=True)
def response_not_whole() -> None:
    proposal, by = open_one(), officer()
    respond(proposal, by, adoption="")
    publish(proposal, by, 1)


@answered(403)
def simulated_in_production() -> None:
    """Provoked in full by test_simulated; here its answer only."""
    raise Refusal("simulated_in_production")
