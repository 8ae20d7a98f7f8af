"""Refusals of the acts on plans, contacts, reports, corrections and surveys."""

from typing import Any

from minben.answering import actions
from minben.answering.models import Contact
from minben.answering.rules import Channel, PostKind
from minben.answering.rules.surveys import WordsVerdict
from minben.casework import actions as casework
from minben.casework.models import Response
from minben.demands import actions as demands
from minben.kernel.actor import Actor
from minben.proposals import actions as proposals
from minben.proposals.models import Endorsement, Proposal
from tests.db.answering.scenes import (
    AT,
    BLOCKS,
    MINUTES,
    OFFICE,
    STEPS,
    SUMMARY,
    answer,
    contact,
    officer,
    reached_one,
)
from tests.db.demands import scene as demanded
from tests.db.refused import answered, checker, citizen, open_one
from tests.factories import DAY, actor

WHY = "原文漏列一場會議，依會議紀錄補正。"
DONE = "已召開兩次跨部會會議，並完成現況盤點與費用估算。"


def draft(proposal: Proposal, by: Actor, **more: Any) -> None:
    given = {"summary": SUMMARY, "steps": STEPS, "office": OFFICE, "revision": 0} | more
    actions.draft_plan(case_id=proposal.case_id, by=by, at=AT, **given)


def log(proposal: Proposal, **more: Any) -> Contact:
    given = {
        "channel": Channel.MAIL,
        "held_at": AT,
        "reached": True,
        "discussed": MINUTES,
        "agreed": "",
        "office": OFFICE,
    }
    return actions.log_contact(case_id=proposal.case_id, by=officer(), at=AT, **given | more)


def say(found: Contact, **more: Any) -> None:
    by = actor(Proposal.objects.get(case_id=found.case_id).proposer)
    given = {"verdict": "confirmed", "statement": "", "at": AT} | more
    actions.answer_contact(contact_id=found.pk, by=by, **given)


def correct(response: Response, **more: Any) -> None:
    given = {"block": "analysis", "text": "現行軟體支援兩種。", "reason": WHY, "seen": 0} | more
    actions.correct_response(
        case_id=response.case_id, response_id=response.pk, by=officer(), at=AT, **given
    )


def reply(**more: Any) -> None:
    proposal = reached_one()
    answer(proposal, officer())
    person = Endorsement.objects.get(proposal=proposal).person
    scores = dict.fromkeys(("understandable", "reasoned", "heard", "overall"), 3)
    given = {"scores": scores, "words": "", "by": actor(person), "at": AT} | more
    actions.answer_survey(case_id=proposal.case_id, **given)


@answered(409, basis=True)
def case_not_reached() -> None:
    draft(open_one(), officer())


@answered(409, basis=True)
def plan_after_answer() -> None:
    proposal, by = reached_one(), officer()
    answer(proposal, by)
    draft(proposal, by)


@answered(409, basis=True)
def plan_not_drafted() -> None:
    actions.publish_plan(case_id=reached_one().case_id, revision=1, by=officer(), at=AT)


@answered(422, field="summary", basis=True)
def plan_summary_short() -> None:
    proposal, by = reached_one(), officer()
    draft(proposal, by, summary="短")
    actions.publish_plan(case_id=proposal.case_id, revision=1, by=by, at=AT)


@answered(422, field="steps", basis=True)
def plan_steps_missing() -> None:
    proposal, by = reached_one(), officer()
    draft(proposal, by, steps=[])
    actions.publish_plan(case_id=proposal.case_id, revision=1, by=by, at=AT)


@answered(422, field="steps", basis=True)
def plan_step_half() -> None:
    draft(reached_one(), officer(), steps=[{"what": "會面", "until": ""}])


@answered(422, field="steps", basis=True)
def plan_steps_many() -> None:
    draft(reached_one(), officer(), steps=[*STEPS] * 5)


@answered(422, field="summary", basis=True)
def answering_too_long() -> None:
    draft(reached_one(), officer(), summary="長" * 3001)


@answered(422, field="office", basis=True)
def office_missing() -> None:
    proposal, by = reached_one(), officer()
    draft(proposal, by, office="")
    actions.publish_plan(case_id=proposal.case_id, revision=1, by=by, at=AT)


@answered(422, field="office", basis=True)
def office_private() -> None:
    draft(reached_one(), officer(), office="王先生 0912-345-678")


@answered(409, basis=True)
def contact_nobody() -> None:
    proposal = reached_one()
    Proposal.objects.filter(pk=proposal.pk).update(proposer=None)
    log(proposal)


@answered(422, field="held_on")
def contact_in_future() -> None:
    log(reached_one(), held_at=AT + DAY)


@answered(422, field="held_on")
def contact_too_early() -> None:
    log(reached_one(), held_at=AT - 30 * DAY)


@answered(422, field="discussed")
def contact_says_nothing() -> None:
    log(reached_one(), discussed=" ")


@answered(422, field="agreed")
def contact_not_reached() -> None:
    log(reached_one(), reached=False, discussed="", agreed="下週再談。")


@answered(403)
def contact_not_yours() -> None:
    found = log(reached_one())
    actions.answer_contact(
        contact_id=found.pk, verdict="confirmed", statement="", by=citizen(), at=AT
    )


@answered(422, field="verdict", basis=True)
def contact_verdict() -> None:
    say(log(reached_one()), verdict="perhaps")


@answered(422, field="statement", basis=True)
def contact_statement() -> None:
    say(log(reached_one()), verdict="corrected")


@answered(409, field="verdict", basis=True)
def contact_period_over() -> None:
    say(contact(reached_one(), officer()), at=AT + 8 * DAY)


def post(proposal: Proposal, by: Actor, **more: Any) -> None:
    given = {"kind": PostKind.STUDY_RETURN, "done": DONE, "ahead": ""} | more
    actions.publish_post(case_id=proposal.case_id, by=by, at=AT + DAY, **given)


@answered(422, field="done", basis=True)
def post_short() -> None:
    post(reached_one(), officer(), kind=PostKind.PROGRESS, done="短")


@answered(409, basis=True)
def study_not_running() -> None:
    post(reached_one(), officer())


@answered(422, field="adoption", basis=True)
def study_adoption() -> None:
    proposal, by = reached_one(), officer()
    answer(proposal, by, adoption="under_study")
    post(proposal, by, adoption="under_study", reason="再看看。")


@answered(422, field="reason", basis=True)
def response_without_reasons() -> None:
    proposal, by = reached_one(), officer()
    blocks = BLOCKS | {"adoption_reason": ""}
    casework.draft_response(
        case_id=proposal.case_id, blocks=blocks, adoption="adopted", revision=0, by=by, at=AT
    )
    proposals.publish_answer(proposal_id=proposal.pk, revision=1, by=by, at=AT)


def response() -> Response:
    return answer(reached_one(), officer())


@answered(409, basis=True)
def correction_unpublished() -> None:
    other = response()
    actions.correct_response(
        case_id=response().case_id,
        response_id=other.pk,
        block="analysis",
        text="改。",
        reason=WHY,
        seen=0,
        by=officer(),
        at=AT,
    )


@answered(422, field="block", basis=True)
def correction_block() -> None:
    correct(response(), block="weather")


@answered(422, field="text", basis=True)
def correction_empty() -> None:
    correct(response(), text=" ")


@answered(422, field="text", basis=True)
def correction_nothing() -> None:
    correct(response(), text=BLOCKS["analysis"])


@answered(422, field="reason", basis=True)
def correction_reason() -> None:
    correct(response(), reason="短")


@answered(409)
def correction_seen_other() -> None:
    correct(response(), seen=1)


@answered(422, field="adoption", basis=True)
def adoption_differs() -> None:
    one = demanded.scene()
    [first] = demanded.assigned(one, "增設行人庇護島")
    demands.publish_split(case_id=one.case_id, by=one.officer, at=demanded.NOW)
    demanded.disposed(one, first, "not_adopted")
    answer(one.proposal, one.officer, demanded.NOW, "adopted")


@answered(403, basis=True)
def survey_not_asked() -> None:
    reply(by=citizen())


@answered(409, basis=True)
def survey_over() -> None:
    reply(at=AT + 20 * DAY)


@answered(422, field="heard")
def survey_score() -> None:
    reply(scores={"understandable": 3, "reasoned": 3, "heard": 6, "overall": 3})


@answered(422, field="words")
def survey_words() -> None:
    reply(words="長" * 501)


@answered(409)
def words_none() -> None:
    actions.judge_words(answer_id=0, verdict=WordsVerdict.SHOWN, by=checker(), at=AT)
