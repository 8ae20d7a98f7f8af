"""Correcting a published response on the desk (更正), and the differences in public."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.answering import actions, queries
from minben.answering.forms import CorrectionForm, PartForm
from minben.answering.rules import CORRECTION_BASIS
from minben.answering.rules.correcting import ADOPTION, BLOCKS
from minben.answering.rules.diffs import Piece, pieces
from minben.answering.views.cases import RESPONDING, context_of, own_case, public_case
from minben.answering.words import ADOPTIONS
from minben.base.access import Request, official, public
from minben.base.staff import UNPROCESSABLE, put_beside, show
from minben.casework import queries as casework
from minben.kernel.refusal import Refusal
from minben.kernel.text import whole_number

if TYPE_CHECKING:
    from minben.answering.models import Correction


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction with what changed, as pieces of the text."""

    one: "Correction"
    pieces: tuple[Piece, ...]


def shown(one: "Correction") -> Shown:
    """A correction for reading; of an adoption the words are compared, not the codes."""
    before, after = one.before, one.after
    if one.block == ADOPTION:
        before, after = str(ADOPTIONS.get(before, before)), str(ADOPTIONS.get(after, after))
        return Shown(one, tuple(piece for piece in pieces(before, "") + pieces("", after)))
    return Shown(one, pieces(before, after))


@public
@require_safe
def corrections(request: Request, number: str) -> HttpResponse:
    """Every correction of the published responses of a case, with what changed and why."""
    case, about = public_case(number)
    rows = [shown(one) for one in queries.corrections_of(case.pk)]
    published = {row.pk: row for row in casework.responses_of(case.pk)}
    if not published:
        raise Http404
    context = context_of(case, about, rows=rows, basis=CORRECTION_BASIS)
    return render(request, "answering/corrections.html", context)


@official(*RESPONDING)
def correct(request: Request, number: str) -> HttpResponse:
    """First which part, then the part as it should read with the reason; correcting is the act."""
    case, about = own_case(request, number)
    rows = {row.pk: row for row in casework.responses_of(case.pk) if not row.archived}
    so_far = queries.corrections_of(case.pk)
    source = request.POST if request.method == "POST" else request.GET
    pk, block = source.get("response", ""), source.get("block", "")
    response = rows.get(whole_number(pk) or 0)
    if response is None or block not in BLOCKS or (block == ADOPTION and not response.adoption):
        context = context_of(
            case, about, choices=_choices(rows.values()), basis=CORRECTION_BASIS, asked=bool(block)
        )
        return show(request, "answering/desk/correct.html", context)
    own = [one for one in so_far if one.response_id == response.pk]
    now = queries.current_text(response, own).of(block)
    initial = {"response": response.pk, "block": block, "seen": len(own)}
    name = ADOPTION if block == ADOPTION else "text"
    form = CorrectionForm(initial=initial | {name: now}, part=block)
    status = 200
    if request.method == "POST":
        form = CorrectionForm(request.POST, part=block)
        status = _correct(request, case.pk, form)
        if status == 200:
            messages.success(request, _("The correction is public, and what it said before too."))
            return redirect("answering:corrections", number=number)
    context = context_of(
        case, about, form=form, part=block, response=response, basis=CORRECTION_BASIS
    )
    return show(request, "answering/desk/correct.html", context, status)


def _choices(rows: Any) -> list[tuple[Any, PartForm]]:
    """Each published response with the form that asks which part of it is corrected.

    Any: responses; their model is private to its module.
    """
    found = []
    for row in rows:
        form = PartForm(initial={"response": row.pk}, auto_id=f"id_{row.pk}_%s")
        texts = row.blocks | {ADOPTION: row.adoption}
        parts: Any = form.fields["block"]
        parts.choices = [choice for choice in parts.choices if texts[choice[0]]]
        found.append((row, form))
    return found


def _correct(request: Request, case_id: int, form: CorrectionForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    data = form.cleaned_data
    try:
        actions.correct_response(
            case_id=case_id,
            response_id=data["response"],
            block=data["block"],
            text=form.new_text,
            reason=data["reason"],
            seen=data["seen"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
