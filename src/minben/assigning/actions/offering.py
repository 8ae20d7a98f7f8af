"""Asking the agencies that are named (分辦通知)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from minben.assigning.letters import tell_offered
from minben.assigning.models import Offer
from minben.assigning.queries.offers import offers_of
from minben.assigning.rules.offers import Answer
from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from minben.casework.models import Case
    from minben.people.models import Agency

# An agency whose newest offer in the same role stands so is not asked again.
_STANDS = (Answer.OPEN, Answer.ACCEPTED, Answer.DECIDED)


@transaction.atomic
def assign_and_offer(*, case: "Case", agency_ids: Sequence[int], by: Actor, at: datetime) -> None:
    """Name the agencies of a case, lead first, and ask each that has not answered for its part.

    What was disputed before ends with it: whoever names anew knows new facts.

    Raises:
        Refusal: as `casework.actions.assign_agencies`.
    """
    casework_actions.assign_agencies(case=case, agency_ids=agency_ids, by=by, at=at)
    before = offers_of(case.pk)
    newest = {row.agency_id: row for row in before}
    named = {row.agency_id: row for row in casework.agencies_of_case(case.pk)}
    stands = {
        pk
        for pk, row in newest.items()
        if pk in named
        and row.role == named[pk].role
        and row.answer in _STANDS
        and (row.settled_at or not (row.after_id or row.escalated_at))
    }
    _settle([row for row in before if row.agency_id not in stands], at)
    _offer(case.pk, {pk: row for pk, row in named.items() if pk not in stands}, by, at)


@transaction.atomic
def offer_named(*, case_id: int, by: Actor, at: datetime) -> None:
    """Ask the agencies a case bears already, if none was ever asked: who checked confirmed them.

    Raises:
        Refusal: ``not_permitted``.
    """
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    casework.held_case(case_id)
    if not offers_of(case_id):
        named = {row.agency_id: row for row in casework.agencies_of_case(case_id)}
        _offer(case_id, named, by, at)


def _settle(rows: Iterable[Offer], at: datetime) -> None:
    """End what was waited for: an open offer is withdrawn, a disputed one stays disputed."""
    waiting = [row.pk for row in rows if row.settled_at is None]
    Offer.objects.filter(pk__in=waiting, answer=Answer.OPEN).update(
        answer=Answer.WITHDRAWN, settled_at=at
    )
    Offer.objects.filter(pk__in=waiting, settled_at=None).update(settled_at=at)


def settle_all(case_id: int, at: datetime) -> None:
    """End everything that was waited for in a case."""
    _settle(offers_of(case_id), at)


def _offer(case_id: int, named: Mapping[int, Any], by: Actor, at: datetime) -> None:
    # Any: parts of agencies; their model is private to casework
    if not named:
        return
    for pk, row in named.items():
        made = Offer.objects.create(
            case_id=case_id, agency_id=pk, role=row.role, offered_at=at, offered_by=by.id
        )
        tell_offered(made, by=by, at=at)
    record_offered(case_id, [(row.agency, row.role) for row in named.values()], by, at)


def record_offered(
    case_id: int, asked: Collection[tuple["Agency", str]], by: Actor, at: datetime
) -> None:
    """Record that agencies are asked."""
    record(
        "assigning.offered",
        by=by,
        at=at,
        subject=f"case:{case_id}",
        case_id=case_id,
        data={"agencies": [name_of(agency) | {"role": role} for agency, role in asked]},
    )


def pass_on(*, before: Offer, agency: "Agency", role: AgencyRole, by: Actor, at: datetime) -> Offer:
    """Ask another agency, because one disputed and pointed to it."""
    Offer.objects.filter(
        case_id=before.case_id, agency=agency, settled_at=None, answer=Answer.OPEN
    ).update(answer=Answer.WITHDRAWN, settled_at=at)
    made = Offer.objects.create(
        case_id=before.case_id,
        agency=agency,
        role=role,
        offered_at=at,
        offered_by=by.id,
        after=before,
    )
    tell_offered(made, by=by, at=at)
    record_offered(before.case_id, [(agency, role)], by, at)
    return made


def name_of(agency: "Agency") -> dict[str, str]:
    """An agency as the public record names it."""
    return {"zh": agency.name_zh, "en": agency.name_en, "code": agency.code}
