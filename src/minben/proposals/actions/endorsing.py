"""Endorsing (附議): once per person, exact, and the one that reaches the threshold is known."""

from datetime import datetime

from django.db import IntegrityError, transaction

from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.notify_people import tell_agency, tell_endorser, tell_proposer
from minben.proposals.rules import LIFE, Act, State, endorse_fault, is_crossing


@transaction.atomic
def endorse(*, proposal_id: int, by: Actor, at: datetime, reason: str = "") -> Endorsement:
    """Endorse a proposal, for good.

    The proposal's row is locked, so the numbers have no gaps, follow time, and the crossing is
    exact; the unique constraint, not a question asked before, is what refuses a second one.

    Raises:
        Refusal: ``verification_required``, ``not_endorsable``, ``endorse_too_early``,
            ``endorse_too_late``, ``endorse_paused``, ``endorsed_already``,
            ``endorse_reason_too_long``.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )
    if not by.verified or by.person_id is None:
        raise Refusal("verification_required")
    at = _place_in_line(proposal, at)
    _refuse(proposal, reason, at)
    person = people.user_of(by)
    number = proposal.endorsed + 1
    try:
        with transaction.atomic():
            endorsement = Endorsement.objects.create(
                proposal=proposal,
                person=person,
                at=at,
                number=number,
                nickname=person.nickname,
                county=person.county,
                township=person.township,
                reason=reason.strip(),
            )
    except IntegrityError as error:
        if not Endorsement.objects.filter(proposal=proposal, person=person).exists():
            raise  # some other rule of the database: a fault of ours, not of the person
        raise Refusal(
            "endorsed_already", basis=proposal.case.rule_set.rules.endorse.basis
        ) from error
    proposal.endorsed = number
    proposal.save(update_fields=["endorsed"])
    record(
        "proposals.endorsed",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"number": number, "county": person.county},
    )
    tell_endorser(endorsement, person, by=by, at=at)
    if proposal.state == State.ENDORSING and is_crossing(number, proposal.threshold):
        reach(proposal, at)
    return endorsement


def _place_in_line(proposal: Proposal, at: datetime) -> datetime:
    """The instant an endorsement counts from: never before the one that got its row earlier.

    Requests take their time before they wait for the row; without this the numbers and the
    times could disagree about which endorsement reached the threshold.
    """
    last = Endorsement.objects.filter(proposal=proposal, number=proposal.endorsed)
    return max(at, last.values_list("at", flat=True).first() or at)


def _refuse(proposal: Proposal, reason: str, at: datetime) -> None:
    rules = proposal.case.rule_set.rules
    paused = casework.pause_at(proposal.case.jurisdiction_id, at) is not None
    code = endorse_fault(
        State(proposal.state),
        at,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        paused=paused,
    )
    if code:
        raise Refusal(
            code,
            basis=rules.endorse.basis,
            opens=local_day(proposal.opens_at).isoformat() if proposal.opens_at else "",
            closed=last_day(proposal.closes_at).isoformat() if proposal.closes_at else "",
        )
    limit = rules.limits["endorse_reason"]
    if len(reason.strip()) > limit:
        raise Refusal("endorse_reason_too_long", field="reason", limit=limit)


def reach(proposal: Proposal, at: datetime) -> None:
    """The threshold is reached at the instant of the crossing endorsement; the clock starts."""
    rules = proposal.case.rule_set.rules
    proposal.state = LIFE.next(State(proposal.state), Act.REACH)
    proposal.reached_at = at
    deadline = casework_actions.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.RESPONSE,
        term=rules.response,
        starts_at=at,
        by=SYSTEM,
        at=at,
    )
    proposal.case.lead_id = deadline.agency_id
    proposal.response_due_at = deadline.due_at
    proposal.save(update_fields=["state", "reached_at", "response_due_at"])
    record(
        "proposals.reached",
        by=SYSTEM,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"number": proposal.endorsed, "due_at": deadline.due_at.isoformat()},
    )
    tell_proposer("reached", proposal, by=SYSTEM, at=at)
    tell_agency("reached_agency", proposal, by=SYSTEM, at=at)
