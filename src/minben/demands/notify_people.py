"""Whom acts on demands tell (通知對象): written into the outbox with the act itself."""

from datetime import datetime
from typing import Any

from minben.casework.about import about_one
from minben.kernel.actor import Actor
from minben.notify import actions as notify
from minben.people import queries as people


def tell_petitioner(
    kind: str,
    case_id: int,
    *,
    fact: str,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    """Tell the citizen who brought the case; one of an agency or an archive has none."""
    told = about_one(case_id)
    if told.petitioner_id is None:
        return
    user = people.user_by_id(told.petitioner_id)
    notify.enqueue(
        f"demands.{kind}",
        fact=fact,
        recipient=f"person:{user.pk}",
        address=user.email,
        language=user.language,
        context={"number": told.number, "subject": told.subject, **more},
        case_id=case_id,
        by=by,
        at=at,
    )


def tell_agency(
    kind: str,
    agency_id: int,
    case_id: int,
    *,
    fact: str,
    by: Actor,
    at: datetime,
    version: int = 1,
    **more: Any,  # Any: JSON values
) -> None:
    """Tell officers and leads of an agency and their deputies, except whoever acts."""
    told = about_one(case_id)
    readers = [
        notify.Reader(f"person:{user.pk}", user.email, user.language)
        for user in people.officers_of(agency_id, at)
        if user.pk != by.person_id
    ]
    notify.enqueue_all(
        f"demands.{kind}",
        fact=fact,
        readers=readers,
        context={"number": told.number, "subject": told.subject, **more},
        version=version,
        by=by,
        at=at,
    )
