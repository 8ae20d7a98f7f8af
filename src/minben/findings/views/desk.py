"""Pages of the desk: the studies of a case, one study, its findings (使用者測試發現之登載)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.refusals import sentence, status_of
from minben.base.staff import found, show, tried
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.discussion.uploads import Received, receive
from minben.findings import actions, queries
from minben.findings.forms import FindingForm, FixForm, RetestForm, StudyForm, facts_of
from minben.findings.permissions import may_keep, may_publish
from minben.findings.queries import Told, Whole
from minben.findings.rules import Standing
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.kernel.refusal import Refusal

STAFF = tuple(sorted(AGENCY_ROLES))
TELLING = (Role.LEAD, Role.OFFICER)


def _agencies(request: Request, case_id: int) -> list[int]:
    """The ids of the case's agencies; staff of others may not read drafts."""
    ids = [part.agency_id for part in casework.agencies_of_case(case_id)]
    if not may_keep(request.actor, ids):
        raise PermissionDenied
    return ids


def _own(request: Request, pk: int) -> Whole:
    whole = found(queries.whole_study(pk))
    _agencies(request, whole.study.case_id)
    return whole


@official(*STAFF)
def of_case(request: Request, number: str) -> HttpResponse:
    """The studies of a case, and the form that begins one."""
    case = found(case_numbered(number))
    _agencies(request, case.pk)
    form = StudyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        made: list[Any] = []  # the model is private to its module

        def begin() -> None:
            made.append(
                actions.begin_study(
                    case_id=case.pk, facts=form.facts, by=request.actor, at=request.at
                )
            )

        status = tried(form, begin)
        if made:
            return redirect("findings_desk:study", made[0].pk)
    context = {
        "number": number,
        "about": about_one(case.pk),
        "lines": queries.lines_of(case.pk),
        "form": form,
    }
    return show(request, "findings/desk/case.html", context, status)


@official(*STAFF)
def study(request: Request, pk: int) -> HttpResponse:
    """One study: what it says of itself while it is a draft, and its findings."""
    whole = _own(request, pk)
    form = StudyForm(request.POST or None, initial=facts_of(whole))
    status = 200
    if request.method == "POST":

        def save() -> None:
            actions.save_study(study_id=pk, facts=form.facts, by=request.actor, at=request.at)

        status = tried(form, save)
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("findings_desk:study", pk)
    return _study_page(request, whole, form, status)


def _study_page(request: Request, whole: Whole, form: StudyForm, status: int) -> HttpResponse:
    context = {
        "whole": whole,
        "about": about_one(whole.study.case_id),
        "form": form,
        "may_publish": may_publish(request.actor, _agencies(request, whole.study.case_id)),
    }
    return show(request, "findings/desk/study.html", context, status)


@official(*TELLING)
@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Make a study public."""
    whole = _own(request, pk)
    try:
        actions.publish_study(study_id=pk, by=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        form = StudyForm(initial=facts_of(whole))
        return _study_page(request, whole, form, status_of(refusal))
    messages.success(request, _("The findings are public."))
    return redirect("findings_desk:study", pk)


@official(*STAFF)
def add(request: Request, pk: int) -> HttpResponse:
    """Add what was seen at a step."""
    whole = _own(request, pk)
    form = _finding_form(request, whole, None)
    status = 200
    if request.method == "POST":

        def keep() -> None:
            actions.add_finding(
                study_id=pk,
                seen=form.seen,
                picture=_picture(request),
                by=request.actor,
                at=request.at,
            )

        status = tried(form, keep)
        if status == 200:
            messages.success(request, _("The finding is added."))
            again = "more" in request.POST
            return redirect("findings_desk:add" if again else "findings_desk:study", pk)
    return show(request, "findings/desk/finding.html", {"whole": whole, "form": form}, status)


@official(*STAFF)
def change(request: Request, pk: int) -> HttpResponse:
    """Change a finding of a draft, or correct one that is public."""
    row = found(queries.finding(pk))
    whole = _own(request, row.study_id)
    told = found(next((one for one in whole.findings if one.row.pk == pk), None))
    form = _finding_form(request, whole, told)
    status = 200
    if request.method == "POST":
        status = tried(form, lambda: _keep_change(request, whole, form, pk))
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("findings_desk:study", whole.study.pk)
    context = {"whole": whole, "told": told, "form": form}
    return show(request, "findings/desk/finding.html", context, status)


def _keep_change(request: Request, whole: Whole, form: FindingForm, pk: int) -> None:
    if whole.study.published_at is None:
        actions.change_finding(
            finding_id=pk,
            seen=form.seen,
            picture=_picture(request),
            by=request.actor,
            at=request.at,
        )
        return
    actions.correct_finding(
        finding_id=pk,
        seen=form.seen,
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=request.at,
    )


def _finding_form(request: Request, whole: Whole, told: Told | None) -> FindingForm:
    row = told.row if told else None
    initial = (
        {
            "step": row.step.name,
            "severity": row.severity,
            "what": row.what,
            "hit": row.hit,
            "quote": row.quote,
            "alt": row.alt,
        }
        if row
        else {}
    )
    posted = request.method == "POST"
    return FindingForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=initial,
        steps=[name for name, _found in whole.steps],
        correcting=whole.study.published_at is not None and told is not None,
    )


def _picture(request: Request) -> Received | None:
    upload = request.FILES.get("picture")
    if not isinstance(upload, UploadedFile):
        return None
    try:
        return receive(upload)
    except Refusal as refusal:
        refusal.field = "picture"
        raise


@official(*STAFF)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a finding out of a draft."""
    row = found(queries.finding(pk))
    _own(request, row.study_id)
    actions.remove_finding(finding_id=pk, by=request.actor, at=request.at)
    messages.success(request, _("The finding is taken out."))
    return redirect("findings_desk:study", row.study_id)


@official(*TELLING)
def fix(request: Request, pk: int) -> HttpResponse:
    """Tell what was changed because of a finding."""
    row = found(queries.finding(pk))
    whole = _own(request, row.study_id)
    form = FixForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def tell() -> None:
            actions.tell_fix(finding_id=pk, **form.cleaned_data, by=request.actor, at=request.at)

        status = tried(form, tell)
        if status == 200:
            messages.success(request, _("The change is public."))
            return redirect("findings_desk:study", row.study_id)
    context = {"whole": whole, "row": row, "form": form}
    return show(request, "findings/desk/fix.html", context, status)


@official(*TELLING)
def retest(request: Request, pk: int) -> HttpResponse:
    """Tell how many still stumbled when it was tested again."""
    whole = _own(request, pk)
    rows = [told for told in whole.findings if told.standing is not Standing.SOLVED]
    form = RetestForm(request.POST or None, findings=rows)
    status = 200
    if request.method == "POST":

        def tell() -> None:
            actions.tell_retest(
                study_id=pk,
                tested_on=form.cleaned_data["tested_on"],
                n=form.cleaned_data["n"],
                still=form.still,
                by=request.actor,
                at=request.at,
            )

        status = tried(form, tell)
        if status == 200:
            messages.success(request, _("The re-test is public."))
            return redirect("findings_desk:study", pk)
    return show(request, "findings/desk/retest.html", {"whole": whole, "form": form}, status)
