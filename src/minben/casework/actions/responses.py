"""The formal response (正式回應): drafted freely, published by one explicit act, never overwritten."""

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


def _locked(case_id: int, by: Actor) -> Case:
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    if not may_answer(by, case):
        raise Refusal("not_lead_agency", basis=BASIS)
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
    case = _locked(case_id, by)
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
    """Publish the draft that the confirmation page showed (`revision`), and end the clock."""
    case = _locked(case_id, by)
    draft = Response.objects.select_for_update().filter(case=case, published_at=None).first()
    if draft is None:
        raise Refusal("response_not_drafted", basis=BASIS)
    if draft.revision != revision:
        raise Refusal("draft_changed")
    if response_faults(draft.blocks, draft.adoption):
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
