"""The responsible agencies (權責機關): one leads or several jointly, the others assist."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.audit.actions import record
from minben.casework.models import Case, CaseAgency, Deadline
from minben.casework.permissions import require
from minben.casework.rules import OWED_BY_LEAD, AgencyRole, Outcome
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.people.models import Agency

BASIS = "公共政策網路參與實施要點 (2018-04-11)：權責機關"


@transaction.atomic
def assign_agencies(
    *, case: Case, agency_ids: Sequence[int], by: Actor, at: datetime
) -> Sequence[CaseAgency]:
    """Name the agencies of a case, lead first; replaces what was named before."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    ids = list(dict.fromkeys(agency_ids))
    most = case.rule_set.rules.max_agencies
    if len(ids) > most:
        raise Refusal("too_many_agencies", basis=BASIS, field="agencies", most=most)
    found = _known(case, ids)
    rows = _put_down(case, ids[:1], ids[1:], found, at)
    record(
        "casework.agencies_assigned",
        by=by,
        at=at,
        subject=f"case:{case.pk}",
        case_id=case.pk,
        data={
            "agencies": [
                {"zh": found[pk].name_zh, "en": found[pk].name_en, "code": found[pk].code}
                for pk in ids
            ]
        },
    )
    return rows


@transaction.atomic
def hand_over(
    *, case_id: int, leads: Sequence[int], assists: Sequence[int], by: Actor, at: datetime
) -> None:
    """Put the agencies of a case as they are after a hand-over, the first lead first.

    Whoever hands over asks who may, and records how. Who had a part keeps the day it began.

    Raises:
        Refusal: ``agency_unknown``.
    """
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    _put_down(case, leads, assists, _known(case, [*leads, *assists]), at)


def _known(case: Case, ids: Sequence[int]) -> Mapping[int, "Agency"]:
    found = people.agencies_by_id(ids, case.jurisdiction_id)
    if len(found) != len(ids):
        raise Refusal("agency_unknown", basis=BASIS, field="agencies")
    return found


def _put_down(
    case: Case,
    leads: Sequence[int],
    assists: Sequence[int],
    found: Mapping[int, "Agency"],
    at: datetime,
) -> Sequence[CaseAgency]:
    since = {(row.agency_id, row.role): row.since for row in case.agencies.all()}
    case.agencies.all().delete()
    parts = [(pk, AgencyRole.LEAD) for pk in leads] + [(pk, AgencyRole.ASSIST) for pk in assists]
    rows = CaseAgency.objects.bulk_create(
        CaseAgency(case=case, agency_id=pk, role=role, since=since.get((pk, role), at))
        for pk, role in parts
    )
    case.lead_id = leads[0] if leads else None
    case.agency_names = [found[pk].name_zh for pk, _ in parts]
    case.save(update_fields=["lead", "agency_names"])
    # The first of joint leads owes the answer in time, for all of them.
    Deadline.objects.filter(case=case, kind__in=OWED_BY_LEAD, outcome=Outcome.OPEN).update(
        agency_id=case.lead_id
    )
    return rows
