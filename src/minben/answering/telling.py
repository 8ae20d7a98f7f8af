"""Letters of this module (通知): to the petitioner alone, or to all who are told of the answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.answering.readers import readers_of
from minben.casework.about import About
from minben.kernel.actor import Actor
from minben.notify import actions as notify
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.casework.models import Case


def _context(case: "Case", about: About) -> dict[str, Any]:  # Any: JSON values
    lead = case.lead
    return {
        "number": about.number,
        "subject": about.subject,
        "path": about.path,
        "agency_zh": lead.name_zh if lead else "",
        "agency_en": lead.name_en if lead else "",
    }


def tell_petitioner(
    kind: str,
    case: "Case",
    about: About,
    *,
    fact: str,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    """Tell who brought the case; nobody where no citizen did."""
    if about.petitioner_id is None:
        return
    user = people.user_by_id(about.petitioner_id)
    notify.enqueue(
        f"answering.{kind}",
        fact=fact,
        recipient=f"person:{user.pk}",
        address=user.email,
        language=user.language,
        context=_context(case, about) | more,
        by=by,
        at=at,
        case_id=case.pk,
    )


def tell_readers(
    kind: str,
    case: "Case",
    about: About,
    *,
    fact: str,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    """Tell all who are told of the answer, each once."""
    readers = readers_of(case.origin)
    if readers is None:
        return
    notify.begin_mailing(
        f"answering.{kind}",
        fact=fact,
        audience=readers.audience,
        ref=case.pk,
        version=1,
        context=_context(case, about) | more,
        case_id=case.pk,
        by=by,
        at=at,
    )
