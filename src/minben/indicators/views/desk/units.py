"""Units with their names and groups: found, added from a file, given another name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.staff import found, page_of, show
from minben.base.staff import tried as tried_form
from minben.indicators import actions
from minben.indicators.declared import sheets
from minben.indicators.forms.units import AliasForm, FindForm, UnitsForm
from minben.indicators.permissions import KEEPING, may_change_units
from minben.indicators.queries import registry
from minben.indicators.views.desk.services import may_change
from minben.indicators.views.desk.shared import tried
from minben.kernel.actor import Role

PER_PAGE = 50


@official(*KEEPING)
@require_safe
def units(request: Request) -> HttpResponse:
    """Units that are registered, and the groups they are in."""
    form = FindForm(request.GET)
    page = page_of(request, registry.units(form.words), PER_PAGE)
    context = {"form": form, "page": page, "groups": registry.groups(), "words": form.words}
    return show(request, "indicators/desk/units.html", context)


@official(*KEEPING)
def add(request: Request) -> HttpResponse:
    """Register units from a table."""
    form = UnitsForm(request.POST or None, request.FILES if request.method == "POST" else None)
    status, faults, done = 200, [], []  # type: ignore[var-annotated]

    def act() -> None:
        drafts = sheets.units(*form.cleaned_data["sheet"])
        done.append(actions.register_units(units=drafts, by=request.actor, at=request.at))

    if request.method == "POST":
        status, faults = tried(form, "sheet", act)
        if done:
            told = {"new": len(done[0].created), "changed": len(done[0].changed)}
            messages.success(request, _("%(new)s units are new, %(changed)s changed.") % told)
            return redirect("indicators_desk:units")
    context = {"form": form, "faults": faults}
    return show(request, "indicators/desk/add_units.html", context, status)


@official(*KEEPING)
def unit(request: Request, code: str) -> HttpResponse:
    """One unit; administrators give it another name."""
    one = found(registry.unit(code))
    form = AliasForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = tried_form(
            form,
            lambda: actions.add_alias(
                unit_code=code, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if status == 200:
            messages.success(request, _("The name is added; imports know it from now on."))
            return redirect("indicators_desk:unit", code=code)
    context = {
        "unit": one,
        "form": form,
        "changes": may_change_units(request.actor),
        "changes_service": may_change(request, one),
    }
    return show(request, "indicators/desk/unit.html", context, status)


@official(Role.ADMINISTRATOR)
@require_POST
def remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Take a name back."""
    actions.remove_alias(unit_code=code, alias_id=pk, by=request.actor, at=request.at)
    messages.success(request, _("The name is taken back; the record keeps it."))
    return redirect("indicators_desk:unit", code=code)
