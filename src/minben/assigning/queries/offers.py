"""Offers to agencies, and the hand-overs of a case as everybody sees them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from minben.assigning.models import Offer
from minben.assigning.permissions import agencies_spoken_for, may_decide
from minben.assigning.rules import Parts
from minben.assigning.rules.offers import Answer
from minben.assigning.words import agency_word
from minben.audit import queries as audit
from minben.casework import queries as casework
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor

HANDOVERS = (
    "casework.agencies_assigned",
    "assigning.accepted",
    "assigning.disputed",
    "assigning.joint",
    "assigning.escalated",
    "assigning.decided",
    "assigning.forced",
)


def _rows() -> QuerySet[Offer]:
    return Offer.objects.select_related("case__jurisdiction", "agency", "proposed", "after__agency")


def offer(pk: int) -> Offer | None:
    """One offer with its case, its agency and the one before it. One query."""
    return _rows().filter(pk=pk).first()


def chain_of(one: Offer) -> tuple[Offer, ...]:
    """The offers of one dispute: the first agency's, and that of the one it pointed to. One query."""
    first = one.after_id or one.pk
    return tuple(_rows().filter(Q(pk=first) | Q(after=first)))


def offers_of(case_id: int) -> Sequence[Offer]:
    """All offers of a case, oldest first. One query."""
    return list(_rows().filter(case_id=case_id))


def unsettled_of(case_id: int) -> dict[int, Offer]:
    """What is waited for in a case, by agency. One query."""
    return {row.agency_id: row for row in _rows().filter(case_id=case_id, settled_at=None)}


def waiting_for_agencies(agency_ids: Collection[int]) -> QuerySet[Offer]:
    """Offers these agencies have to answer, oldest first."""
    return _rows().filter(
        agency__in=agency_ids, answer=Answer.OPEN, escalated_at=None, case__closed_at=None
    )


def waiting_for_decision() -> QuerySet[Offer]:
    """The last offer of each dispute the platform has to decide, oldest first."""
    rows = _rows().filter(escalated_at__isnull=False, settled_at=None, case__closed_at=None)
    return rows.filter(passed_on=None).order_by("escalated_at", "pk")


def waiting_elsewhere(agency_ids: Collection[int]) -> QuerySet[Offer]:
    """Offers of these agencies that were disputed and wait for another agency or the platform."""
    return _rows().filter(
        Q(answer=Answer.DISPUTED) | Q(escalated_at__isnull=False),
        agency__in=agency_ids,
        settled_at=None,
        case__closed_at=None,
    )


def waiting_for(actor: Actor) -> QuerySet[Offer]:
    """All unsettled offers an officer or an administrator has to do with, oldest first."""
    mine = Q(agency__in=agencies_spoken_for(actor))
    if may_decide(actor):
        mine |= Q(escalated_at__isnull=False, passed_on=None)
    return _rows().filter(mine, settled_at=None, case__closed_at=None)


def answered_lately(agency_ids: Collection[int], limit: int = 10) -> Sequence[Offer]:
    """What was settled last of the offers of these agencies, newest first. One query."""
    rows = _rows().filter(agency__in=agency_ids, settled_at__isnull=False)
    return list(rows.exclude(answer=Answer.WITHDRAWN).order_by("-settled_at", "-pk")[:limit])


def parts_of(case_id: int) -> Parts:
    """Who leads a case and who assists, by agency id. One query."""
    rows = casework.agencies_of_case(case_id)
    return Parts(
        tuple(row.agency_id for row in rows if row.role == AgencyRole.LEAD),
        tuple(row.agency_id for row in rows if row.role == AgencyRole.ASSIST),
    )


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over as its partial shows it, which also stands on the timeline of the case.

    `agencies` are names in the reader's language, where it names several.
    """

    title: str | Promise
    partial: str
    at: datetime
    data: dict[str, Any]  # Any: JSON values
    agencies: tuple[str, ...]


def handovers(case_id: int) -> tuple[Handover, ...]:
    """The public hand-overs of a case, newest first. One query."""
    return tuple(
        Handover(
            title=event.declaration.label,
            partial=event.declaration.template,
            at=event.at,
            data=event.data,
            agencies=tuple(agency_word(one) for one in event.data.get("agencies", ())),
        )
        for event in reversed(audit.public_history(case_id))
        if event.kind in HANDOVERS
    )


def still_asked(offer_id: int) -> bool:
    """Whether an offer waits for its agency's answer. One query."""
    return Offer.objects.filter(
        pk=offer_id, answer=Answer.OPEN, escalated_at=None, case__closed_at=None
    ).exists()


def still_undecided(offer_id: int) -> bool:
    """Whether an offer's dispute waits for the platform. One query."""
    return Offer.objects.filter(
        pk=offer_id, escalated_at__isnull=False, settled_at=None, case__closed_at=None
    ).exists()
