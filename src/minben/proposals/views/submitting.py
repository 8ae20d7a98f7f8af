"""The last page before submitting, and the first after it (確認及送出)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, verified
from minben.base.refusals import sentence, status_of
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions, queries
from minben.proposals.labels import STEP_LABELS, term_words
from minben.proposals.models import Draft
from minben.proposals.rules import State
from minben.proposals.timetable import timetable
from minben.proposals.views.answers import Answers
from minben.proposals.views.drafting import step_of, step_url, way, with_draft
from minben.proposals.views.showing import READ_OR_POST
from minben.proposals.words import Bilingual


@verified
@require_http_methods(READ_OR_POST)
@with_draft
def check(request: Request, draft: Draft) -> HttpResponseBase:
    """All answers with a way to change each, what will hold, and the button that submits."""
    if request.method != "POST":
        return _show(request, draft)
    try:
        actions.file_proposal(draft_id=draft.pk, by=request.actor, at=request.at)
    except Refusal as refusal:
        # Pressed twice at once, the second one finds it submitted.
        if queries.filed_from(draft.pk, request.actor) is None:
            return _show(request, draft, refusal)
    return redirect("proposals:draft_step", draft.pk, "done")


@verified
@require_safe
def done(request: Request, draft_id: UUID) -> HttpResponseBase:
    """The number of the proposal, and what happens next; later on, the proposal itself."""
    proposal = queries.filed_from(draft_id, request.actor)
    if proposal is None:
        raise Http404
    number = proposal.case.number
    if State(proposal.state) is not State.CHECKING:
        return redirect("proposals:page", number)
    rules = proposal.case.rule_set.rules
    context = {
        "proposal": proposal,
        "number": number,
        "deadline": casework.open_deadline(proposal.case_id, DeadlineKind.CHECK),
        "basis": rules.check.basis,
        "endorse": term_words(rules.endorse),
        "at": request.at,
    }
    return render(request, "proposals/write/done.html", context)


def _show(request: Request, draft: Draft, refusal: Refusal | None = None) -> HttpResponseBase:
    rule_set = casework.rule_set_in_force(draft.jurisdiction.code, request.at)
    rules = rule_set.rules
    offered = people.agencies_of(draft.jurisdiction.code, request.at)
    answers = Answers(draft, rules, offered)
    context = {
        **way(draft, "check"),
        "rows": answers.rows(),
        "faults": answers.faults(),
        "refused": _refused(draft, refusal),
        "rule_set": Bilingual(rule_set.title_zh, rule_set.title_en),
        "threshold": rules.threshold,
        "terms": {name: term_words(getattr(rules, name)) for name in _TERMS},
        "bases": [getattr(rules, name).basis for name in _TERMS],
        "days": timetable(rules, request.at),
        "pause": casework.pause_at(draft.jurisdiction_id, request.at),
        "public_name": people.user_of(request.actor).public_name,
        "at": request.at,
    }
    status = status_of(refusal) if refusal else HTTPStatus.OK
    return render(request, "proposals/write/check.html", context, status=status)


_TERMS = ("check", "endorse", "response")


def _refused(draft: Draft, refusal: Refusal | None) -> dict[str, Any] | None:  # Any: context
    """Why it was not submitted, and where that can be put right."""
    if refusal is None:
        return None
    step = step_of(refusal.field)
    number = refusal.params.get("number", "")
    return {
        "sentence": sentence(refusal),
        "basis": refusal.basis,
        "label": STEP_LABELS.get(step, ""),
        "url": f"{step_url(draft.pk, step)}?review=1" if step else "",
        "other_url": reverse("proposals:page", args=[number]) if number else "",
    }
