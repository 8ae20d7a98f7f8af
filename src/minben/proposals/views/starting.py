"""Where a proposal begins: which government, under which rules, and what is half written (開始)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minben.base.access import Request, verified
from minben.casework import queries as casework
from minben.proposals import actions, queries
from minben.proposals.forms.writing import StartForm
from minben.proposals.labels import term_words
from minben.proposals.models import Draft
from minben.proposals.timetable import Timetable, timetable
from minben.proposals.views.drafting import with_draft
from minben.proposals.views.showing import READ_OR_POST
from minben.proposals.words import Bilingual


@dataclass(frozen=True, slots=True)
class Pausing:
    """Proposing is paused: until when (exclusive), and why."""

    ends_at: datetime
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Offer:
    """A government that takes proposals, with the numbers of its rules in force."""

    code: str
    name: Bilingual
    rules_title: Bilingual
    threshold: int
    check: str
    endorse: str
    response: str
    days: Timetable | None
    pause: Pausing | None


@verified
@require_http_methods(READ_OR_POST)
def start(request: Request) -> HttpResponseBase:
    """What will happen, which government, and the drafts one has."""
    offered = offers(request.at)
    form = StartForm(request.POST if request.method == "POST" else None)
    form.fields["government"].choices = [  # type: ignore[attr-defined]
        (offer.code, offer.name) for offer in offered
    ]
    if form.is_valid():
        draft = actions.begin_draft(
            jurisdiction_code=form.cleaned_data["government"], by=request.actor, at=request.at
        )
        return redirect("proposals:draft_step", draft.pk, "subject")
    context = {
        "form": form,
        "offers": _beside(offered, list(form["government"])),
        "drafts": [_line(draft) for draft in queries.drafts_of(request.actor)],
        "at": request.at,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "proposals/write/start.html", context, status=status)


@verified
@require_http_methods(READ_OR_POST)
@with_draft
def discard(request: Request, draft: Draft) -> HttpResponseBase:
    """Throw a draft away, after being asked once."""
    if request.method == "POST":
        actions.discard_draft(draft_id=draft.pk, by=request.actor, at=request.at)
        messages.success(request, _("Your draft has been discarded."))
        return redirect("proposals:propose")
    return render(request, "proposals/write/discard.html", {"draft": draft})


def offers(at: datetime) -> Sequence[Offer]:
    """All governments with rules in force, in their official order. Two queries."""
    pauses = {pause.jurisdiction_id: pause for pause in casework.pauses_at(at)}
    found = []
    for row in casework.rule_sets_in_force(at):
        rules, held = row.rules, pauses.get(row.jurisdiction_id)
        found.append(
            Offer(
                code=row.jurisdiction.code,
                name=Bilingual(row.jurisdiction.name_zh, row.jurisdiction.name_en),
                rules_title=Bilingual(row.title_zh, row.title_en),
                threshold=rules.threshold,
                check=term_words(rules.check),
                endorse=term_words(rules.endorse),
                response=term_words(rules.response),
                days=timetable(rules, at),
                pause=Pausing(held.ends_at, Bilingual(held.reason_zh, held.reason_en))
                if held
                else None,
            )
        )
    return found


def unfinished_step(draft: Draft) -> str:
    """The first step of a draft that says nothing yet; the check once all have."""
    for step in ("subject", "content", "benefits"):
        if not getattr(draft, step).strip():
            return step
    return "check" if draft.topic and draft.agencies_chosen else "agencies"


def _beside(offered: Sequence[Offer], options: list[BoundWidget]) -> list[tuple[Any, Any]]:
    return list(zip(offered, options, strict=True))


def _line(draft: Draft) -> dict[str, Any]:  # Any: template context
    name = draft.jurisdiction
    return {
        "draft": draft,
        "government": Bilingual(name.name_zh, name.name_en),
        "step": unfinished_step(draft),
    }
