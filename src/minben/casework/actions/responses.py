"""The formal response (正式回應) and reports beside it (期中回報).

Drafted freely, published by one explicit act, never overwritten.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.casework.actions.deadlines import end_deadline
from minben.casework.models import Case, Response
from minben.casework.permissions import may_answer
from minben.casework.rules import RESPONSE_BLOCKS, DeadlineKind, Outcome, response_faults
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

BASIS = "公共政策網路參與實施要點 (2018-04-11)：二個月內回應參採情形及其理由"


def hold_for_answer(*, case_id: int, by: Actor, at: datetime) -> Case:
    """The case, locked until the transaction ends, for those who may answer it.

    Raises:
        Refusal: ``not_lead_agency``.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    case = rows.select_related("lead", "rule_set").get(pk=case_id)
    if not may_answer(by, case):
        raise Refusal("not_lead_agency", basis=BASIS)
    return case


def _locked(case_id: int, by: Actor, at: datetime) -> Case:
    case = hold_for_answer(case_id=case_id, by=by, at=at)
    if case.responses.filter(interim=False, published_at__isnull=False).exists():
        raise Refusal("response_published_already", basis=BASIS)
    return case


def _sign(draft: Response, case: Case) -> None:
    # The lead may have changed since the draft was begun; who leads now is who answers.
    draft.agency_id = case.lead_id or 0


@transaction.atomic
def draft_response(
    *,
    case_id: int,
    blocks: Mapping[str, str],
    adoption: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> Response:
    """Save the draft. `revision` is the one the writer opened (0: none yet).

    Refuses ``draft_changed`` when somebody saved in between, so neither loses text.
    """
    case = _locked(case_id, by, at)
    draft = Response.objects.select_for_update().filter(case=case, published_at=None).first()
    if (draft.revision if draft else 0) != revision:
        raise Refusal("draft_changed")
    faults = response_faults(blocks, adoption)
    too_long = [block for block, code in faults.items() if code == "block_too_long"]
    if too_long:
        raise Refusal("block_too_long", field=too_long[0])
    if adoption and "adoption" in faults:
        raise Refusal("adoption_missing", field="adoption")
    if draft is None:
        draft = Response(case=case, revision=0)
    _sign(draft, case)
    for block in RESPONSE_BLOCKS:
        setattr(draft, block, blocks.get(block, "").strip())
    draft.adoption = adoption
    draft.drafted_by, draft.drafted_at = by.id, at
    draft.revision += 1
    draft.save()
    record(
        "casework.response_drafted",
        by=by,
        at=at,
        subject=f"response:{draft.pk}",
        case_id=case.pk,
        private={"revision": draft.revision},
    )
    return draft


@transaction.atomic
def publish_response(*, case_id: int, revision: int, by: Actor, at: datetime) -> Response:
    """Publish the draft that the confirmation page showed (`revision`), and end the clock.

    Raises:
        Refusal: ``not_lead_agency``, ``response_published_already``, ``response_not_drafted``,
            ``draft_changed``, ``response_without_reasons``, ``response_not_whole``.
    """
    case = _locked(case_id, by, at)
    draft = Response.objects.select_for_update().filter(case=case, published_at=None).first()
    if draft is None:
        raise Refusal("response_not_drafted", basis=BASIS)
    if draft.revision != revision:
        raise Refusal("draft_changed")
    faults = response_faults(draft.blocks, draft.adoption)
    if faults.get("adoption_reason") == "block_empty":
        raise Refusal("response_without_reasons", basis=BASIS, field="reason")
    if faults:
        raise Refusal("response_not_whole", basis=BASIS)
    _sign(draft, case)
    draft.published_by, draft.published_at = by.id, at
    draft.save(update_fields=["agency", "published_by", "published_at"])
    end_deadline(case_id=case.pk, kind=DeadlineKind.RESPONSE, outcome=Outcome.MET, by=by, at=at)
    record(
        "casework.response_published",
        by=by,
        at=at,
        subject=f"response:{draft.pk}",
        case_id=case.pk,
        label=draft.agency.name_zh,
        data={
            "response": draft.pk,
            "adoption": draft.adoption,
            "agency": {"zh": draft.agency.name_zh, "en": draft.agency.name_en},
        },
    )
    return draft


@transaction.atomic
def report_on_case(
    *, case_id: int, blocks: Mapping[str, str], adoption: str, by: Actor, at: datetime
) -> Response:
    """Publish a report beside the formal response; with an adoption it ends a study.

    Raises:
        Refusal: ``not_lead_agency``; ``response_without_reasons`` for an adoption without them.
    """
    case = hold_for_answer(case_id=case_id, by=by, at=at)
    if adoption and not blocks.get("adoption_reason", "").strip():
        raise Refusal("response_without_reasons", basis=BASIS, field="reason")
    report = Response(
        case=case,
        interim=True,
        adoption=adoption,
        drafted_by=by.id,
        drafted_at=at,
        published_by=by.id,
        published_at=at,
        **{block: blocks.get(block, "").strip() for block in RESPONSE_BLOCKS},
    )
    _sign(report, case)
    report.save()
    record(
        "casework.progress_reported",
        by=by,
        at=at,
        subject=f"response:{report.pk}",
        case_id=case.pk,
        label=report.agency.name_zh,
        data={
            "response": report.pk,
            "agency": {"zh": report.agency.name_zh, "en": report.agency.name_en},
        },
    )
    return report
