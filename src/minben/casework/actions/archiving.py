"""Taking over the cases of an archive (檔案案件之收錄), many at a time, with their own dates."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from django.db import transaction

from minben.casework.archive import ArchivedCase, ArchivedResponse
from minben.casework.models import Case, CaseAgency, Deadline, Extension, Response
from minben.casework.permissions import require
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor


@transaction.atomic
def file_archived_cases(*, cases: Sequence[ArchivedCase], by: Actor, at: datetime) -> list[Case]:
    """File cases of an archive with everything that belongs to them; in the order given.

    Only the system and an archive may do this. Whoever calls records the events, for they are
    of the past.
    """
    require(by)
    filed = Case.objects.bulk_create(_case(told) for told in cases)
    pairs = list(zip(filed, cases, strict=True))
    CaseAgency.objects.bulk_create(row for case, told in pairs for row in _agencies(case, told))
    Deadline.objects.bulk_create(row for case, told in pairs for row in _deadlines(case, told))
    Response.objects.bulk_create(
        _response(Response(case=case, archived=True), post, by)
        for case, told in pairs
        for post in told.responses
    )
    return filed


@transaction.atomic
def refile_archived_case(*, case_id: int, told: ArchivedCase, by: Actor, at: datetime) -> Case:
    """Bring an archived case up to a changed record; its number and rule set stay."""
    require(by)
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    fresh = _case(told)
    for field in ("filed_at", "closed_at", "lead_id", "agency_names"):
        setattr(case, field, getattr(fresh, field))
    case.save(update_fields=["filed_at", "closed_at", "lead", "agency_names"])
    case.agencies.all().delete()
    CaseAgency.objects.bulk_create(_agencies(case, told))
    # What was promised here is no matter of the archive any more.
    if not Extension.objects.filter(deadline__case=case).exists():
        case.deadlines.all().delete()
        Deadline.objects.bulk_create(_deadlines(case, told))
    _match_responses(case, told.responses, by)
    return case


def _case(told: ArchivedCase) -> Case:
    return Case(
        number=told.number,
        jurisdiction_id=told.jurisdiction_id,
        rule_set_id=told.rule_set_id,
        filed_at=told.filed_at,
        closed_at=told.closed_at,
        lead_id=told.leads[0] if told.leads else None,
        agency_names=list(told.agency_names),
    )


def _agencies(case: Case, told: ArchivedCase) -> Iterator[CaseAgency]:
    for role, ids in ((AgencyRole.LEAD, told.leads), (AgencyRole.ASSIST, told.assists)):
        for agency_id in ids:
            yield CaseAgency(case=case, agency_id=agency_id, role=role, since=told.filed_at)


def _deadlines(case: Case, told: ArchivedCase) -> Iterator[Deadline]:
    for deadline in told.deadlines:
        yield Deadline(
            case=case,
            kind=deadline.kind,
            starts_at=deadline.starts_at,
            base_due_at=deadline.due_at,
            due_at=deadline.due_at,
            basis=deadline.basis,
            agency_id=case.lead_id if deadline.kind == "response" else None,
            outcome=deadline.outcome,
            outcome_at=deadline.outcome_at,
            missed_at=deadline.missed_at,
        )


def _response(row: Response, post: ArchivedResponse, by: Actor) -> Response:
    row.agency_id = post.agency_id
    row.interim = post.interim
    row.drafted_at = row.published_at = post.at
    row.drafted_by = row.published_by = by.id
    for block, text in post.blocks.items():
        setattr(row, block, text)
    return row


def _match_responses(case: Case, posts: Sequence[ArchivedResponse], by: Actor) -> None:
    """Rewrite rows in place, so that events that name them still do."""
    rows = list(case.responses.filter(archived=True).order_by("published_at", "id"))
    # Only one may be final at any moment, so all step back before one steps forward.
    case.responses.filter(archived=True).update(interim=True)
    for row, post in zip_longest(rows, posts):
        if post is None:
            row.delete()
        else:
            _response(row or Response(case=case, archived=True), post, by).save()
