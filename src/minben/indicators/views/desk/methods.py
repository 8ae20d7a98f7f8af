"""Methods: listed with their newest run, declared from a recipe, computed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.refusals import sentence, status_of
from minben.base.staff import UNPROCESSABLE, show
from minben.indicators import actions
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import Told, told
from minben.indicators.forms.methods import MethodForm
from minben.indicators.forms.sources import agency_of
from minben.indicators.permissions import KEEPING, may_keep
from minben.indicators.queries import runs
from minben.indicators.views.desk.shared import MOST_TOLD, owners, tried
from minben.kernel.refusal import Refusal


@official(*KEEPING)
@require_safe
def methods(request: Request) -> HttpResponse:
    """All methods in use."""
    return _methods(request)


def _methods(
    request: Request,
    code: str = "",
    why: str = "",
    faults: list[Told] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = [(one, may_keep(request.actor, one.method.agency_id)) for one in runs.shown()]
    context = {"rows": rows, "failed": code, "why": why, "faults": faults or []}
    return show(request, "indicators/desk/methods.html", context, status)


@official(*KEEPING)
def add(request: Request) -> HttpResponse:
    """Declare a recipe."""
    form = MethodForm(
        request.POST or None,
        request.FILES if request.method == "POST" else None,
        owners=owners(request),
    )
    status, faults = 200, []  # type: ignore[var-annotated]
    if request.method == "POST":
        status, faults = tried(
            form,
            "file",
            lambda: actions.declare_method(
                content=form.cleaned_data["file"][1],
                agency_id=agency_of(form.cleaned_data["owner"]),
                by=request.actor,
                at=request.at,
            ),
        )
        if status == 200:
            messages.success(request, _("The method is declared; it can be computed now."))
            return redirect("indicators_desk:methods")
    context = {"form": form, "faults": faults}
    return show(request, "indicators/desk/add_method.html", context, status)


@official(*KEEPING)
@require_POST
def compute(request: Request, code: str) -> HttpResponse:
    """Compute a method on what is observed now."""
    try:
        run = actions.compute_run(code=code, by=request.actor, at=request.at)
    except Faulty as error:
        why = _("It was not computed: the data does not fit the method.")
        return _methods(request, code, why, told(error.faults)[:MOST_TOLD], UNPROCESSABLE)
    except Refusal as refusal:
        if refusal.code != "indicators_nothing_observed":
            raise
        return _methods(request, code, sentence(refusal), [], status_of(refusal))
    fresh = run.at == request.at
    messages.success(
        request,
        _("Computed: %(units)s units.") % {"units": run.units}
        if fresh
        else _("Nothing changed since it was last computed; that run stands."),
    )
    return redirect("indicators_desk:methods")
