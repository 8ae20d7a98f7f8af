"""What a case asks for, one by one, for everybody (訴求與參採情形); the petitioner may correct it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, citizen, public
from minben.base.staff import UNPROCESSABLE, put_beside
from minben.casework.about import About, about_one
from minben.casework.queries.dossier import case_numbered
from minben.demands import actions
from minben.demands.forms import CorrectionForm
from minben.demands.queries import PublishedSplit, published, versions_of
from minben.demands.rules import (
    CORRECTION_BASIS,
    RESPONSE_BASIS,
    CorrectionKind,
    split_changes,
)
from minben.kernel.refusal import Refusal
from minben.kernel.text import whole_number

if TYPE_CHECKING:
    from django.http import QueryDict

    from minben.casework.models import Case


def public_case(number: str) -> tuple["Case", About]:
    """A case everybody may read about, and what it is about; 404 for any other."""
    case = case_numbered(number)
    if case is None:
        raise Http404
    about = about_one(case.pk)
    if not about.public:
        raise Http404
    return case, about


@public
@require_safe
def split(request: Request, number: str) -> HttpResponse:
    """The demands with their dispositions, all versions of the split, corrections and answers."""
    case, about = public_case(number)
    return page(request, case, about)


def page(
    request: Request,
    case: "Case",
    about: About,
    form: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The public page; `form` is a correction that was refused."""
    told, versions = published(case.pk), versions_of(case.pk)
    mine = about.petitioner_id is not None and request.actor.person_id == about.petitioner_id
    until = told.corrections_until if told else None
    before = [*(version.items for version in versions[1:]), []]
    context = {
        "case": case,
        "about": about,
        "told": told,
        "by_agency": about.petitioner_id is None,
        "mine": mine,
        "may_correct": mine and case.closed_at is None and _is_open(told, request.at),
        "over": until is not None and request.at >= until,
        "form": form or _form(told, None),
        "refused": form,
        "versions": [
            (version, split_changes(earlier, version.items) if earlier else ())
            for version, earlier in zip(versions, before, strict=False)
        ],
        "corrections": [row for version in versions for row in version.corrections.all()],
        "rules": {"correction": CORRECTION_BASIS, "response": RESPONSE_BASIS},
    }
    return render(request, "demands/public.html", context, status=status)


def _is_open(told: PublishedSplit | None, at: datetime) -> bool:
    """Whether corrections of the split are taken."""
    if told is None or told.corrections_until is None:
        return False
    return at < told.corrections_until and told.agreed_at is None


def _form(told: PublishedSplit | None, data: "QueryDict | None") -> CorrectionForm:
    standing = told.standing if told else ()
    return CorrectionForm(
        data,
        demands=[(str(one.number), f"{one.number}. {one.text}") for one in standing],
        initial={"version": told.version if told else 0},
    )


@citizen
@require_POST
def agree(request: Request, number: str) -> HttpResponse:
    """The petitioner says that the split tells what was asked for."""
    case, _about = public_case(number)
    actions.agree_to_split(
        case_id=case.pk,
        version=whole_number(request.POST.get("version", "")) or 0,
        by=request.actor,
        at=request.at,
    )
    messages.success(request, _("Thank you. It is recorded that you agree with the split."))
    return redirect("demands:split", number=number)


@citizen
@require_POST
def correct(request: Request, number: str) -> HttpResponse:
    """The petitioner proposes a correction."""
    case, about = public_case(number)
    form = _form(published(case.pk), request.POST)
    if not form.is_valid():
        return page(request, case, about, form, UNPROCESSABLE)
    chosen = form.cleaned_data["demand"]
    try:
        actions.propose_correction(
            case_id=case.pk,
            version=form.cleaned_data["version"],
            kind=CorrectionKind(form.cleaned_data["kind"]),
            number=int(chosen) if chosen else None,
            text=form.cleaned_data["text"],
            why=form.cleaned_data["why"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        if refusal.code == "correction_not_yours":
            raise  # nobody else can repair anything in this form
        return page(request, case, about, form, put_beside(form, refusal))
    messages.success(request, _("Your correction is public. The agency answers it here."))
    return redirect("demands:split", number=number)
