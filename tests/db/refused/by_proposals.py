"""Refusals of the acts on proposals."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from minben.discussion.uploads import Received
from minben.kernel.actor import ANONYMOUS, Grant, Role
from minben.people import queries as people
from minben.proposals import actions as proposals
from minben.proposals.models import Draft, Proposal
from tests.db.refused import (
    REASON,
    admin,
    answered,
    checker,
    citizen,
    hidden_one,
    open_one,
    owned,
    taken_up,
)
from tests.factories import DAY, DAY0, actor, count, file_one, make_person


def draft(by: Any) -> Draft:
    return proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)


def save(**changes: Any) -> Draft:
    by = citizen()
    return proposals.save_draft(draft_id=draft(by).pk, changes=changes, by=by, at=DAY0)


def file_with(**changes: Any) -> Proposal:
    by = citizen()
    begun = draft(by)
    whole = {
        "subject": "請延長飲水機的檢驗頻率",
        "content": "飲水機一季才檢驗一次，請改為每月檢驗並公布結果。",
        "benefits": "減少腸胃疾病，民眾用水更安心。",
        "topic": "health",
    }
    proposals.save_draft(draft_id=begun.pk, changes=whole | changes, by=by, at=DAY0)
    return proposals.file_proposal(draft_id=begun.pk, by=by, at=DAY0)


def pause(proposal: Proposal, starts: Any, ends: Any, at: Any = DAY0) -> None:
    proposals.declare_pause(
        jurisdiction_id=proposal.case.jurisdiction_id,
        starts_at=starts,
        ends_at=ends,
        reason_zh="選舉",
        reason_en="",
        source="公告",
        by=admin(),
        at=at,
    )


def endorse(proposal: Proposal, by: Any = None, at: Any = None, **given: Any) -> None:
    proposals.endorse(
        proposal_id=proposal.pk, by=by or citizen(), at=at or proposal.opens_at, **given
    )
    count()


def reached() -> Proposal:
    proposal = open_one()
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal)
    proposal.refresh_from_db()
    return proposal


@answered(403)
def sign_in_required() -> None:
    draft(ANONYMOUS)


@answered(403)
def verification_required() -> None:
    endorse(open_one(), citizen(verified=False))


@answered(403)
def not_your_draft() -> None:
    proposals.save_draft(draft_id=uuid4(), changes={}, by=citizen(), at=DAY0)


@answered(409)
def draft_filed() -> None:
    by = citizen()
    begun = draft(by)
    changes = {"subject": "請延長飲水機的檢驗頻率", "content": REASON * 5, "benefits": REASON * 3}
    proposals.save_draft(draft_id=begun.pk, changes=changes | {"topic": "health"}, by=by, at=DAY0)
    proposals.open_codrafting(draft_id=begun.pk, days=7, by=by, at=DAY0)
    proposals.file_proposal(draft_id=begun.pk, by=by, at=DAY0 + DAY)
    proposals.file_proposal(draft_id=begun.pk, by=by, at=DAY0 + DAY)


@answered(422, field="subject")
def field_empty() -> None:
    file_with(subject="  ")


@answered(422, field="benefits")
def field_too_short() -> None:
    file_with(benefits="好處多")


@answered(422, field="subject")
def field_too_long() -> None:
    save(subject="長" * 201)


@answered(422, field="link_0")
def link_not_web() -> None:
    save(evidence={"links": [{"title": "括號", "url": "http://[::1"}]})


@answered(422, field="video")
def link_too_long() -> None:
    save(evidence={"video": f"https://example.org/{'a' * 500}"})


@answered(422, field="link_0")
def link_title_too_long() -> None:
    save(evidence={"links": [{"title": "長" * 61, "url": "https://example.org/"}]})


@answered(422, field="links")
def too_many_links() -> None:
    save(evidence={"links": [{"title": "同", "url": "https://example.org/"}] * 6})


@answered(422, field="files")
def too_many_files() -> None:
    by = citizen()
    begun = draft(by)
    for n in range(6):
        file = Received(f"{n}" * 64, f"{n}.pdf", "application/pdf", 10)
        proposals.attach_file(draft_id=begun.pk, file=file, by=by, at=DAY0)


@answered(422, field="topic")
def topic_unknown() -> None:
    save(topic="astrology")


@answered(422, field="agencies")
def agency_unknown() -> None:
    save(agency_ids=[987_654])


@answered(422, field="agencies")
def too_many_agencies() -> None:
    save(agency_ids=[1, 2, 3, 4])


@answered(422, field="days")
def codrafting_days() -> None:
    by = citizen()
    proposals.open_codrafting(draft_id=draft(by).pk, days=61, by=by, at=DAY0)


@answered(409)
def codrafting_open_already() -> None:
    by = citizen()
    begun = draft(by)
    proposals.save_draft(draft_id=begun.pk, changes={"subject": "請協助"}, by=by, at=DAY0)
    for _ in range(2):
        proposals.open_codrafting(draft_id=begun.pk, days=7, by=by, at=DAY0)


@answered(409)
def codrafting_closed() -> None:
    by = citizen()
    proposals.suggest(draft_id=draft(by).pk, body=REASON, by=citizen(), at=DAY0)


@answered(409, basis=True)
def propose_paused() -> None:
    pause(file_one(), DAY0, DAY0 + DAY)
    file_with()


@answered(409, field="subject", basis=True)
def reproposal_barred() -> None:
    file_one(subject=reached().subject, at=DAY0 + 30 * DAY)


@answered(409, basis=True)
def decided_already() -> None:
    proposals.take_up_check(proposal_id=open_one().pk, by=checker(), at=DAY0)


@answered(423)
def check_locked() -> None:
    waiting, _ = taken_up()
    proposals.take_up_check(proposal_id=waiting.pk, by=checker(), at=DAY0)


@answered(423, basis=True)
def check_not_locked() -> None:
    proposals.accept_for_endorsement(proposal_id=file_one().pk, by=checker(), at=DAY0)


@answered(403, basis=True)
def own_proposal() -> None:
    user, proposal = owned()
    by = actor(user, Grant(Role.CHECKER))
    proposals.take_up_check(proposal_id=proposal.pk, by=by, at=DAY0)


def hide(**given: Any) -> None:
    waiting, by = taken_up()
    whole: dict[str, Any] = {"ground": "virtual", "reason": REASON}
    proposals.hide(proposal_id=waiting.pk, by=by, at=DAY0, **whole | given)


@answered(422, field="ground", basis=True)
def ground_unknown() -> None:
    hide(ground="boring")


@answered(422, field="reason", basis=True)
def reason_too_short() -> None:
    hide(reason=" 不行 ")


@answered(422, field="reason", basis=True)
def reason_too_long() -> None:
    hide(reason="長" * 1001)


@answered(422, field="merge_into", basis=True)
def merge_target_unknown() -> None:
    hide(ground="duplicate_open", merge_into_id=file_one().pk)


@answered(403)
def not_proposer() -> None:
    proposals.withdraw(proposal_id=file_one().pk, reason=REASON, by=citizen(), at=DAY0)


@answered(409)
def not_withdrawable() -> None:
    proposal = reached()
    by = actor(people.user_by_id(proposal.proposer_id or 0))
    proposals.withdraw(proposal_id=proposal.pk, reason=REASON, by=by, at=proposal.opens_at)


def appeal(proposal: Proposal, user: Any, at: Any = DAY0) -> None:
    proposals.appeal(proposal_id=proposal.pk, text=REASON * 2, by=actor(user), at=at)


@answered(409)
def not_hidden() -> None:
    user, proposal = owned()
    appeal(proposal, user)


@answered(409)
def appealed_already() -> None:
    user, proposal, _ = hidden_one()
    appeal(proposal, user)
    appeal(proposal, user)


@answered(409, basis=True)
def appeal_too_late() -> None:
    user, proposal, _ = hidden_one()
    appeal(proposal, user, DAY0 + 60 * DAY)


@answered(403, basis=True)
def appeal_same_person() -> None:
    user, proposal, by = hidden_one()
    appeal(proposal, user)
    proposals.decide_appeal(proposal_id=proposal.pk, upheld=True, reason=REASON, by=by, at=DAY0)


@answered(409, basis=True)
def not_endorsable() -> None:
    endorse(file_one(), at=DAY0)


@answered(409, basis=True)
def endorse_too_early() -> None:
    proposal = open_one()
    endorse(proposal, at=proposal.opens_at - timedelta(microseconds=1))


@answered(409, basis=True)
def endorse_too_late() -> None:
    proposal = open_one()
    endorse(proposal, at=proposal.closes_at)


@answered(409, basis=True)
def endorse_paused() -> None:
    proposal = open_one()
    pause(proposal, proposal.opens_at, proposal.opens_at + DAY)
    endorse(proposal)


@answered(409, basis=True)
def endorsed_already() -> None:
    proposal, by = open_one(), actor(make_person())
    endorse(proposal, by)
    endorse(proposal, by)


@answered(422, field="reason")
def endorse_reason_too_long() -> None:
    endorse(open_one(), reason="長" * 301)


@answered(409)
def not_answerable() -> None:
    proposals.publish_answer(proposal_id=open_one().pk, revision=1, by=admin(), at=DAY0)
