"""Whom a proposal's acts tell (通知對象): written into the outbox with the act itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F

from minben.casework import queries as casework
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.notify import actions as notify
from minben.people import queries as people
from minben.proposals.answer_readers import AUDIENCE
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.rules import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minben.people.models import User


def _reader(user: "User") -> notify.Reader:
    return notify.Reader(f"person:{user.pk}", user.email, user.language)


def _about(proposal: Proposal, at: datetime) -> dict[str, Any]:  # Any: JSON values
    """What every letter on a proposal can say: numbers, and days in Taiwan as ISO dates."""
    told = {
        "proposal": proposal.pk,
        "number": proposal.case.number,
        "subject": proposal.subject,
        "endorsed": proposal.endorsed,
        "threshold": proposal.threshold,
        "opens": local_day(proposal.opens_at).isoformat() if proposal.opens_at else "",
        "closes": last_day(proposal.closes_at).isoformat() if proposal.closes_at else "",
        "due": last_day(proposal.response_due_at).isoformat() if proposal.response_due_at else "",
    }
    return told | (_hiding(proposal, at) if proposal.state == State.HIDDEN else {})


def _hiding(proposal: Proposal, at: datetime) -> dict[str, str]:
    """The ground in both languages, what to join instead, and until when to appeal."""
    rules, check = proposal.case.rule_set.rules, proposal.check_record
    ground = rules.ground(check.ground)
    try:
        until = last_day(casework.due_of(rules.appeal, check.decided_at or at)).isoformat()
    except Refusal:  # beyond the published calendar: no day can be promised
        until = ""
    return {
        "ground_zh": ground.zh if ground else check.ground,
        "ground_en": ground.en if ground else check.ground,
        "basis": rules.check.basis,
        "joins": check.merge_into.case.number if check.merge_into else "",
        "appeal_until": until,
    }


def _tell(
    kind: str,
    users: "Iterable[User]",
    proposal: Proposal,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    notify.enqueue_all(
        f"proposals.{kind}",
        fact=f"proposal:{proposal.pk}",
        readers=map(_reader, users),
        context=_about(proposal, at) | more,
        by=by,
        at=at,
    )


def tell_proposer(kind: str, proposal: Proposal, *, by: Actor, at: datetime, **more: Any) -> None:
    """Tell the proposer; archived proposals have none."""
    if proposal.proposer is not None:
        _tell(kind, [proposal.proposer], proposal, by, at, **more)


def tell_endorsed(
    proposal: Proposal, rows: "Iterable[Endorsement]", *, by: Actor, at: datetime
) -> int:
    """Send each endorser a confirmation with the number; returns how many."""
    about = _about(proposal, at)
    letters = [
        (_reader(row.person), about | {"endorsement": row.number}) for row in rows if row.person
    ]
    notify.enqueue_each(
        "proposals.endorsed", fact=f"proposal:{proposal.pk}", letters=letters, by=by, at=at
    )
    return len(letters)


def tell_agency(kind: str, proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Tell officers and leads of the lead agency, or of all that lead jointly."""
    for agency_id in casework.leads_of(proposal.case_id):
        _tell(kind, people.officers_of(agency_id, at), proposal, by, at)


def tell_endorsers(
    kind: str, proposal: Proposal, *, version: int = 1, by: Actor, at: datetime, **more: Any
) -> None:
    """Tell everybody who endorsed here so far, except the proposer, who is told anyway."""
    notify.begin_mailing(
        f"proposals.{kind}",
        fact=f"proposal:{proposal.pk}",
        audience="proposals.endorsers",
        ref=proposal.pk,
        version=version,
        context=_about(proposal, at) | more,
        case_id=proposal.case_id,
        by=by,
        at=at,
    )


def tell_answer_readers(
    kind: str,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    """Tell everybody who took part: proposer, endorsers and commenters, each once."""
    notify.begin_mailing(
        f"proposals.{kind}",
        fact=f"proposal:{proposal.pk}",
        audience=AUDIENCE,
        ref=proposal.case_id,
        version=1,
        context=_about(proposal, at) | more,
        case_id=proposal.case_id,
        by=by,
        at=at,
    )


def endorsers(ref: int, at: datetime, after: int, limit: int) -> list[tuple[int, notify.Reader]]:
    """Who had endorsed a proposal by `at`, its proposer apart, by number of account. One query."""
    rows = Endorsement.objects.filter(proposal=ref, person__gt=after, at__lte=at)
    others = rows.exclude(person=F("proposal__proposer")).select_related("person")
    return [
        (row.person.pk, _reader(row.person))
        for row in others.order_by("person")[:limit]
        if row.person
    ]
