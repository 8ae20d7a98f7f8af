"""The one appeal against hiding (申覆), decided by a different person.

The directions of 2018 know no appeal; it is this platform's own addition (docs/adr/0007), with
its times in the rule set.
"""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import Actor, Role
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.proposals.actions.checking import hold_pauses, open_window
from minben.proposals.models import Appeal, Check, Proposal
from minben.proposals.notify_people import tell_proposer
from minben.proposals.rules import Act, State, length_fault, reason_fault

TEXT_MIN, TEXT_MAX = 10, 2000


@transaction.atomic
def appeal(*, proposal_id: int, text: str, by: Actor, at: datetime) -> Appeal:
    """File the one appeal against the hiding of one's own proposal."""
    proposal = _locked(proposal_id)
    if proposal.proposer_id is None or proposal.proposer_id != by.person_id:
        raise Refusal("not_proposer")
    if proposal.state != State.HIDDEN:
        raise Refusal("not_hidden")
    if Appeal.objects.filter(proposal=proposal).exists():
        raise Refusal("appealed_already")
    rules = proposal.case.rule_set.rules
    check = Check.objects.get(proposal=proposal)  # asked after the lock, so it is what was decided
    until = casework.due_of(rules.appeal, check.decided_at or at)
    if at >= until:
        raise Refusal(
            "appeal_too_late", basis=rules.appeal.basis, until=last_day(until).isoformat()
        )
    if fault := length_fault(text, TEXT_MIN, TEXT_MAX):
        raise Refusal(fault[0], field="text", limit=fault[1])
    filed = Appeal.objects.create(
        proposal=proposal, text=text.strip(), filed_at=at, hidden_by=check.decided_by
    )
    casework_actions.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.APPEAL,
        term=rules.appeal_decision,
        starts_at=at,
        by=by,
        at=at,
    )
    _record("appealed", proposal, by, at)
    return filed


@transaction.atomic
def decide_appeal(
    *, proposal_id: int, upheld: bool, reason: str, by: Actor, at: datetime
) -> Proposal:
    """Decide the appeal. Upheld: endorsing opens on the next day. Who hid it can't decide."""
    if upheld:
        hold_pauses(proposal_id)
    proposal = _locked(proposal_id)
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    filed = Appeal.objects.select_for_update().filter(proposal=proposal, decided_at=None).first()
    if filed is None or proposal.state != State.HIDDEN:
        raise Refusal("decided_already")
    if filed.hidden_by == by.id:
        raise Refusal("appeal_same_person", basis=proposal.case.rule_set.rules.appeal.basis)
    if proposal.proposer_id == by.person_id:
        raise Refusal("own_proposal")
    if code := reason_fault(reason):
        raise Refusal(code, field="reason")
    filed.upheld, filed.reason = upheld, reason.strip()
    filed.decided_by, filed.decided_at = by.id, at
    filed.save()
    casework_actions.end_deadline(
        case_id=proposal.case_id, kind=DeadlineKind.APPEAL, outcome=Outcome.MET, by=by, at=at
    )
    if upheld:
        open_window(proposal, Act.RESTORE, by=by, at=at)
    kind = "appeal_upheld" if upheld else "appeal_rejected"
    _record(kind, proposal, by, at, reason=filed.reason)
    tell_proposer(kind, proposal, by=by, at=at, reason=filed.reason)
    return proposal


def _locked(proposal_id: int) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )


def _record(kind: str, proposal: Proposal, by: Actor, at: datetime, **data: object) -> None:
    record(
        f"proposals.{kind}",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data=data,
    )
