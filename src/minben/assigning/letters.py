"""Whom a hand-over tells (通知對象): written into the outbox with the act itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.assigning.models import Offer
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor, Role
from minben.notify import actions as notify
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.people.models import User


def tell_offered(offer: Offer, *, by: Actor, at: datetime) -> None:
    """Ask the people of the agency: officers, leads, participation officers, deputies."""
    _tell("offered", offer, _people_of(offer, at), by, at)


def tell_escalated(offer: Offer, *, by: Actor, at: datetime) -> None:
    """Tell the platform's administrators that a dispute waits for them."""
    _tell("escalated", offer, people.holders_of(Role.ADMINISTRATOR, at), by, at)


def tell_settled(offers: Iterable[Offer], *, by: Actor, at: datetime) -> None:
    """Tell the people of these agencies who leads and who assists now, and why."""
    for offer in offers:
        _tell("settled", offer, _people_of(offer, at), by, at, _now(offer))


def _people_of(offer: Offer, at: datetime) -> list["User"]:
    told = people.officers_of(offer.agency_id, at)
    told = [*told, *people.participation_officers([offer.agency_id], at)]
    return list({user.pk: user for user in told}.values())


def _tell(
    kind: str,
    offer: Offer,
    users: Iterable["User"],
    by: Actor,
    at: datetime,
    more: dict[str, Any] | None = None,  # Any: JSON values
) -> None:
    case = about_one(offer.case_id)
    names = people.agency_names_by_id([offer.agency_id])[offer.agency_id]
    notify.enqueue_all(
        f"assigning.{kind}",
        fact=f"offer:{offer.pk}",
        readers=[notify.Reader(f"person:{user.pk}", user.email, user.language) for user in users],
        context={
            "offer": offer.pk,
            "number": case.number,
            "subject": case.subject,
            "role": offer.role,
            "agency": {"zh": names[0], "en": names[1]},
            **(more or {}),
        },
        by=by,
        at=at,
    )


def _now(offer: Offer) -> dict[str, Any]:  # Any: JSON values
    """Who leads and who assists now, in both languages, and why if the platform decided."""
    rows = casework.agencies_of_case(offer.case_id)
    found: dict[str, Any] = {"reason": offer.decision}
    for role, key in ((AgencyRole.LEAD, "leads"), (AgencyRole.ASSIST, "assists")):
        of_role = [row.agency for row in rows if row.role == role]
        found[key] = {
            "zh": "、".join(one.name_zh for one in of_role),
            "en": ", ".join(one.name_en or one.name_zh for one in of_role),
        }
    return found
