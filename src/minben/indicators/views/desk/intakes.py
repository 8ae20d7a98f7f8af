"""Imports: uploaded, looked at before anything is written, confirmed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.refusals import sentence
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.base.staff import tried as tried_form
from minben.indicators import actions
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import Told, told
from minben.indicators.forms.intakes import ConfirmForm, UploadForm, WithdrawForm
from minben.indicators.models import Intake, Source, Staged
from minben.indicators.permissions import KEEPING, may_keep
from minben.indicators.queries import planning, registry
from minben.indicators.queries.staged import files_of, layout_of, staged
from minben.indicators.taking.noted import Noted
from minben.indicators.views.desk.shared import MOST_TOLD, kept_source
from minben.kernel.refusal import Refusal
from minben.people import queries as people


@official(*KEEPING)
def upload(request: Request, code: str) -> HttpResponse:
    """Choose the files; they are kept for a day, and nothing is imported by that."""
    source = kept_source(request, code)
    form = UploadForm(request.POST or None, request.FILES if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        kept: list[Staged] = []
        status = tried_form(form, lambda: kept.append(_staged(request, code, form)))
        if kept:
            return redirect("indicators_desk:preview", code=code, staged_id=kept[0].pk)
    declared = registry.indicators_of(source.pk)
    context = {"source": source, "form": form, "indicators": declared}
    return show(request, "indicators/desk/upload.html", context, status)


def _staged(request: Request, code: str, form: UploadForm) -> Staged:
    return actions.stage_files(
        source_code=code,
        files=form.cleaned_data["uploads"],
        layout=form.layout(),
        by=request.actor,
        at=request.at,
    )


@official(*KEEPING)
def preview(request: Request, code: str, staged_id: int) -> HttpResponse:
    """What the files would bring; importing it if that is confirmed."""
    source = kept_source(request, code)
    held = staged(source.pk, staged_id, request.actor, request.at)
    if held is None:
        messages.error(request, sentence(Refusal("indicators_staged_gone")))
        return redirect("indicators_desk:upload", code=code)
    seen = planning.prospect(source, files_of(held), layout_of(held))
    form = ConfirmForm(request.POST or None, remarks=len(seen.plan.remarks))
    status = 200
    if request.method == "POST":
        done, status = _confirmed(request, code, staged_id, form)
        if done:
            messages.success(request, _imported(done))
            return redirect("indicators_desk:intake", code=code, number=done.number)
    return _preview(request, source, held, seen, form, status)


def _confirmed(
    request: Request, code: str, staged_id: int, form: ConfirmForm
) -> tuple[Intake | None, int]:
    if not form.is_valid():
        return None, UNPROCESSABLE
    try:
        done = actions.take_staged(
            source_code=code,
            staged_id=staged_id,
            confirmed=form.cleaned_data["seal"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return None, put_beside(form, refusal)
    except Faulty:
        # The registry changed since; the page tells the faults as they are now.
        return None, UNPROCESSABLE
    return done, 200


def _preview(
    request: Request,
    source: Source,
    held: Staged,
    seen: planning.Prospect,
    form: ConfirmForm,
    status: int,
) -> HttpResponse:
    plan = seen.plan
    names = list(files_of(held))
    # What is confirmed is what this page shows, also after one that showed something else.
    form.fields["seal"].initial = plan.seal
    faults = told(plan.faults[:MOST_TOLD], names)
    context = {
        "source": source,
        "seen": seen,
        "sheet": plan.sheet,
        "faults": faults,
        "more": len(plan.faults) - len(faults),
        "remarks": told(plan.remarks, names),
        "left_out": plan.left_out,
        "form": form,
        "seal": plan.seal,
        "titles": _titles(source),
    }
    return show(request, "indicators/desk/preview.html", context, status)


@official(*KEEPING)
@require_safe
def intake(request: Request, code: str, number: int) -> HttpResponse:
    """One import: its files, its sheet, the remarks that were confirmed."""
    source = found(registry.source(code))
    return _intake(request, source, number, WithdrawForm(), 200)


@official(*KEEPING)
def withdraw(request: Request, code: str, number: int) -> HttpResponse:
    """Let an import count no more."""
    source = kept_source(request, code)
    form = WithdrawForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = tried_form(
            form,
            lambda: actions.withdraw_intake(
                source_code=code,
                number=number,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
            ),
        )
        if status == 200:
            messages.success(request, _("The import is withdrawn; it can still be read."))
            return redirect("indicators_desk:intake", code=code, number=number)
    return _intake(request, source, number, form, status)


@official(*KEEPING)
@require_safe
def file(request: Request, code: str, number: int, pk: int) -> HttpResponse:
    """A file as it was brought."""
    source = found(registry.source(code))
    one = found(registry.intake(source.pk, number))
    name, content = found(registry.file_content(one.pk, pk))
    answer = HttpResponse(content, content_type="application/octet-stream")
    header = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    return answer


def _intake(
    request: Request, source: Source, number: int, form: WithdrawForm, status: int
) -> HttpResponse:
    one = found(registry.intake(source.pk, number))
    files = registry.files_of(one.pk)
    context = {
        "source": source,
        "intake": one,
        "files": files,
        "sheet": one.sheet,
        "remarks": _remarks(one.remarks, [row.name for row in files]),
        "names": people.names_of({one.by, one.withdrawn_by} - {""}),
        "keeps": may_keep(request.actor, source.agency_id),
        "form": form,
        "titles": _titles(source),
    }
    return show(request, "indicators/desk/intake.html", context, status)


def _remarks(kept: list[dict[str, Any]], names: list[str]) -> list[Told]:  # Any: JSON values
    return told(
        (
            Noted(one["where"], one["code"], one["text"], tuple(sorted(one["params"].items())))
            for one in kept
        ),
        names,
    )


def _titles(source: Source) -> dict[str, str]:
    rows = registry.indicators_of(source.pk)
    return {row.code: row.title_zh if is_chinese() else row.title_en for row in rows}


def _imported(done: Intake) -> str:
    return ngettext(
        "Import %(number)s is done: %(n)s observation.",
        "Import %(number)s is done: %(n)s observations.",
        done.observations,
    ) % {"number": done.number, "n": f"{done.observations:,}"}
