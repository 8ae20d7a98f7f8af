"""Filing and closing a case (案件)."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from minben.audit.actions import record
from minben.casework.actions.agencies import assign_agencies
from minben.casework.models import Case, RuleSet
from minben.casework.permissions import require
from minben.casework.queries import rule_set_in_force
from minben.casework.rules import CaseOrigin
from minben.kernel.actor import AGENCY_ROLES, SYSTEM, Actor, Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal

SUBJECT_MIN, SUBJECT_MAX = 4, 200  # characters


@transaction.atomic
def file_case(
    *,
    rule_set: RuleSet,
    by: Actor,
    at: datetime,
    number: str = "",
    origin: CaseOrigin = CaseOrigin.PROPOSAL,
    subject: str = "",
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
        origin=origin,
        subject=subject,
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


@transaction.atomic
def open_agency_case(
    *, agency_id: int, jurisdiction_code: str, subject: str, by: Actor, at: datetime
) -> Case:
    """Open a case an agency brings itself (機關自提); it leads.

    Raises:
        Refusal: ``not_permitted``, ``agency_unknown``, ``case_subject``, or
            ``no_rule_set_in_force``.
    """
    may = any(by.has(role, agency_id) for role in AGENCY_ROLES)
    if not may and not by.has(Role.ADMINISTRATOR):
        require(by)
    subject = subject.strip()
    if not SUBJECT_MIN <= len(subject) <= SUBJECT_MAX:
        raise Refusal("case_subject", field="subject", least=SUBJECT_MIN, most=SUBJECT_MAX)
    rule_set = rule_set_in_force(jurisdiction_code, at)
    case = file_case(rule_set=rule_set, by=by, at=at, origin=CaseOrigin.AGENCY, subject=subject)
    assign_agencies(case=case, agency_ids=[agency_id], by=SYSTEM, at=at)
    case.refresh_from_db()
    return case


def close_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Close a case; closing twice changes nothing."""
    Case.objects.filter(pk=case.pk, closed_at=None).update(closed_at=at)


def reopen_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Open a case again that had been closed; an open one stays as it is."""
    Case.objects.filter(pk=case.pk).update(closed_at=None)
