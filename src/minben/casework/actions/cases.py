"""Filing and closing a case (案件)."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from minben.audit.actions import record
from minben.casework.models import Case, RuleSet
from minben.kernel.actor import Actor
from minben.kernel.periods import local_day


@transaction.atomic
def file_case(
    *,
    rule_set: RuleSet,
    by: Actor,
    at: datetime,
    number: str = "",
) -> Case:
    """File a case under a rule set, which stays pinned to it for good.

    The number is the year in Taiwan and the row's own number, such as ``2026-000123``, unless the archive
    brings its own.
    """
    case = Case.objects.create(
        number=number or uuid4().hex[:24],  # until the row has its own number
        jurisdiction=rule_set.jurisdiction,
        rule_set=rule_set,
        filed_at=at,
    )
    if not number:
        case.number = f"{local_day(at).year}-{case.pk:06d}"
        case.save(update_fields=["number"])
    record(
        "casework.filed",
        by=by,
        at=at,
        subject=f"case:{case.pk}",
        case_id=case.pk,
        data={"number": case.number, "rule_set": rule_set.code},
    )
    return case


def close_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Close a case; closing twice changes nothing."""
    Case.objects.filter(pk=case.pk, closed_at=None).update(closed_at=at)


def reopen_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Open a case again that had been closed; an open one stays as it is."""
    Case.objects.filter(pk=case.pk).update(closed_at=None)
