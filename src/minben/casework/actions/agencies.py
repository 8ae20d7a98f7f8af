"""Naming the responsible agencies (權責機關): the first leads, the others assist."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.casework.models import Case, CaseAgency, Deadline
from minben.casework.permissions import require
from minben.casework.rules import OWED_BY_LEAD, AgencyRole, Outcome
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

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
    found = people.agencies_by_id(ids, case.jurisdiction_id)
    if len(found) != len(ids):
        raise Refusal("agency_unknown", basis=BASIS, field="agencies")
    case.agencies.all().delete()
    rows = CaseAgency.objects.bulk_create(
        CaseAgency(
            case=case,
            agency_id=pk,
            role=AgencyRole.ASSIST if position else AgencyRole.LEAD,
            since=at,
        )
        for position, pk in enumerate(ids)
    )
    case.lead_id = ids[0] if ids else None
    case.agency_names = [found[pk].name_zh for pk in ids]
    case.save(update_fields=["lead", "agency_names"])
    Deadline.objects.filter(case=case, kind__in=OWED_BY_LEAD, outcome=Outcome.OPEN).update(
        agency_id=case.lead_id
    )
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
