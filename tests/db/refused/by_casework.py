"""Refusals of the acts on rule sets, cases, pauses and responses."""

from datetime import UTC, date, datetime
from typing import Any

from minben.base import refusals
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.models import Response
from minben.casework.rules import DeadlineKind, response_faults
from minben.casework.shipped import documents
from minben.kernel.actor import SYSTEM, Actor, Role
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


def overdue_one(crossed: datetime = DAY0 + 2 * DAY) -> Proposal:
    """A case that reached on 4 March: its answer is due by the end of 4 May."""
    proposal = open_one()
    casework.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.RESPONSE,
        term=proposal.case.rule_set.rules.response,
        starts_at=crossed,
        by=SYSTEM,
        at=crossed,
    )
    return proposal


WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"


def extend(until: date = date(2026, 5, 20), reason: str = WHY, **given: Any) -> Proposal:
    proposal = given.pop("proposal", None) or overdue_one()
    whole: dict[str, Any] = {
        "kind": DeadlineKind.RESPONSE,
        "by": officer(),
        "at": datetime(2026, 5, 4, 15, 59, 59, tzinfo=UTC),
    }
    casework.extend_deadline(case_id=proposal.case_id, until=until, reason=reason, **whole | given)
    return proposal


@answered(422, basis=True)
def extension_kind() -> None:
    extend(kind=DeadlineKind.ENDORSE_CLOSE)


@answered(409, basis=True)
def extension_over() -> None:
    extend(proposal=open_one())


@answered(409, basis=True)
def extension_late() -> None:
    extend(at=datetime(2026, 5, 4, 16, 0, tzinfo=UTC))


@answered(409, basis=True)
def extension_twice() -> None:
    extend(date(2026, 6, 1), proposal=extend())


@answered(422, field="until", basis=True)
def extension_backwards() -> None:
    extend(date(2026, 5, 4))


@answered(422, field="until", basis=True)
def extension_too_long() -> None:
    extend(date(2026, 7, 5))


@answered(422, field="reason", basis=True)
def extension_reason() -> None:
    extend(reason=" 公務繁忙 " + " " * 20)


@answered(422, field="reason", basis=True)
def extension_reason_too_long() -> None:
    extend(reason="長" * 1001)


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


@answered(422, field="subject")
def case_subject() -> None:
    agency = make_agency()
    by = make_staff(Role.OFFICER, agency)
    casework.open_agency_case(
        agency_id=agency.pk, jurisdiction_code="tw", subject=" 短 ", by=by, at=DAY0
    )
