"""Submitting a draft (送出提議): it becomes a proposal and a case under the rules of that day."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.discussion import actions as discussion
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.kernel.text import similarity
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import queries as people
from minben.proposals.actions.drafts import own_draft
from minben.proposals.actions.search_index import index_text
from minben.proposals.models import Check, Draft, Proposal
from minben.proposals.queries import similar_reached
from minben.proposals.rules import State, Wording, wording_faults

if TYPE_CHECKING:
    from minben.casework.models import RuleSet

SAME_MATTER = 0.85  # similarity of subjects above which a reached proposal is the same matter


@transaction.atomic
def file_proposal(*, draft_id: UUID, by: Actor, at: datetime) -> Proposal:
    """File a draft. Refuses a pause, unfinished wording, and a barred matter.

    Raises:
        Refusal: ``not_your_draft``, ``draft_filed``, ``verification_required``, ``propose_paused``, ``field_…`` (with the field),
            ``topic_unknown``, ``reproposal_barred``, ``agency_unknown``.
    """
    refuse_if_stopped(Service.CREATING)
    draft = own_draft(draft_id, by)
    if not by.verified:
        raise Refusal("verification_required")
    rule_set = casework.rule_set_in_force(draft.jurisdiction.code, at)
    _refuse_pause(draft, rule_set, at)
    _refuse_wording(draft, rule_set)
    _refuse_barred(draft, rule_set, at)
    proposal = _write(draft, rule_set, by, at)
    index_text(proposal=proposal, by=by, at=at)
    record(
        "proposals.filed",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        label=proposal.proposer_name,
        data={"number": proposal.case.number, "rule_set": rule_set.code},
        sealed={
            "subject": proposal.subject,
            "content": proposal.content,
            "benefits": proposal.benefits,
            "county": proposal.county,
        },
    )
    record(
        "proposals.draft_filed",
        by=by,
        at=at,
        subject=f"draft:{draft.pk}",
        case_id=proposal.case_id,
    )
    draft.delete() if draft.thread_id is None else _keep_codrafting(draft, at)
    return proposal


def _refuse_pause(draft: Draft, rule_set: "RuleSet", at: datetime) -> None:
    if pause := casework.pause_at(draft.jurisdiction_id, at):
        raise Refusal(
            "propose_paused",
            basis=rule_set.rules.endorse.basis,
            until=last_day(pause.ends_at).isoformat(),
            reason=pause.reason_zh,
        )


def _refuse_wording(draft: Draft, rule_set: "RuleSet") -> None:
    wording = Wording(draft.subject, draft.content, draft.benefits)
    for field, (code, limit) in wording_faults(wording, rule_set.rules).items():
        raise Refusal(code, field=field, limit=limit)
    if not draft.topic:
        raise Refusal("topic_unknown", field="topic")


def _refuse_barred(draft: Draft, rule_set: "RuleSet", at: datetime) -> None:
    """Six months after reaching, the same matter can't be proposed; failed ones may return."""
    term = rule_set.rules.reproposal_bar
    for other in similar_reached(draft.subject, draft.jurisdiction_id):
        if other.reached_at is None or similarity(draft.subject, other.subject) < SAME_MATTER:
            continue
        until = casework.due_of(term, other.reached_at)
        if at < until:
            raise Refusal(
                "reproposal_barred",
                basis=term.basis,
                field="subject",
                number=other.case.number,
                until=local_day(until).isoformat(),
            )


def _write(draft: Draft, rule_set: "RuleSet", by: Actor, at: datetime) -> Proposal:
    proposer = people.user_of(by)
    case = casework_actions.file_case(rule_set=rule_set, by=by, at=at)
    if draft.agency_ids:
        # Named by the proposer; the checker confirms or changes them.
        casework_actions.assign_agencies(case=case, agency_ids=draft.agency_ids, by=SYSTEM, at=at)
    proposal = Proposal.objects.create(
        case=case,
        thread=discussion.open_thread(by=by, at=at),
        codrafting=draft if draft.thread_id else None,
        proposer=proposer,
        proposer_name=proposer.public_name,
        county=proposer.county,
        state=State.CHECKING,
        subject=draft.subject.strip(),
        content=draft.content.strip(),
        benefits=draft.benefits.strip(),
        evidence=draft.evidence,
        topic=draft.topic,
        threshold=rule_set.rules.threshold,
        filed_at=at,
    )
    Check.objects.create(proposal=proposal)
    casework_actions.start_deadline(
        case=case,
        kind=DeadlineKind.CHECK,
        term=rule_set.rules.check,
        starts_at=at,
        by=by,
        at=at,
    )
    return proposal


def _keep_codrafting(draft: Draft, at: datetime) -> None:
    """The co-drafting discussion stays readable, but ends."""
    if draft.codraft_until and draft.codraft_until > at:
        draft.codraft_until = at
        draft.save(update_fields=["codraft_until"])
