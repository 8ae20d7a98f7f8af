"""Drawing the sheets of a case, for its officers (議題分析表、利害關係人編輯)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, put_beside, show
from minben.kernel.refusal import Refusal
from minben.proceedings import actions
from minben.proceedings.forms.sheets import (
    AddForm,
    EditForm,
    LinkForm,
    StakeholderForm,
    initial_of,
)
from minben.proceedings.permissions import WRITING
from minben.proceedings.queries import worksheets
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import NodeKind
from minben.proceedings.views.found import drawn_case
from minben.proceedings.views.sheets import issue_context, map_context


@official(*WRITING)
def issues(request: Request, number: str) -> HttpResponse:
    """The sheet as it is being worked on, and the forms that change it."""
    case, about = drawn_case(request, number)
    sheet = worksheets.issue_draft(case.pk)
    sent = request.POST if request.method == "POST" else None
    act = sent.get("act", "") if sent else ""
    add = AddForm(sent if act == "add" else None)
    link = LinkForm(sent if act == "link" else None, sheet=sheet)
    status = 200
    if act:
        status = _changed(request, case.pk, act, add, link)
        if status == 200:
            return redirect("proceedings_desk:issues", number=number)
    context = issue_context(sheet) | {"about": about, "add": add, "link": link, "form": add}
    if act == "link":
        context["form"] = link
    return show(request, "proceedings/staff/issues.html", context, status)


def _changed(request: Request, case_id: int, act: str, add: AddForm, link: LinkForm) -> int:
    """Do what was asked for; the status says whether it was done."""
    form = link if act == "link" else add
    if not form.is_valid():
        return UNPROCESSABLE
    typed: dict[str, Any] = form.cleaned_data  # Any: values of a form
    who: dict[str, Any] = {"case_id": case_id, "by": request.actor, "at": request.at}
    try:
        if act == "add":
            kind = NodeKind(typed["kind"])
            actions.add_issue(kind=kind, text=typed["text"], source=typed["source"], **who)
        else:
            actions.link_issues(one=typed["one"], other=typed["other"], **who)
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*WRITING)
def issue(request: Request, number: str, key: int) -> HttpResponse:
    """One text: to change, to take off its links, to remove."""
    case, about = drawn_case(request, number)
    sheet = worksheets.issue_draft(case.pk)
    node = sheet.node(key)
    status = 200
    form = EditForm(
        request.POST if request.method == "POST" else None,
        initial={"text": node.text, "source": node.source, "revision": node.revision},
    )
    if request.method == "POST":
        status = _edited(request, case.pk, key, form)
        if status == 200:
            return redirect("proceedings_desk:issues", number=number)
    ties = [(tie, other) for tie, other in sheet.linked(key)]
    back = [
        (one, sheet.node(begin))
        for begin, end in sorted(sheet.links)
        for one in [end]
        if end == key
    ]
    context = {"about": about, "node": node, "form": form, "ties": ties, "reached": back}
    return show(request, "proceedings/staff/issue.html", context, status)


def _edited(request: Request, case_id: int, key: int, form: EditForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.edit_issue(
            case_id=case_id, key=key, by=request.actor, at=request.at, **form.cleaned_data
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*WRITING)
@require_POST
def change_issue(request: Request, number: str, key: int) -> HttpResponse:
    """Remove a text, or one of its links."""
    case, _about = drawn_case(request, number)
    who: dict[str, Any] = {"case_id": case.pk, "by": request.actor, "at": request.at}
    if request.POST.get("act") == "unlink":
        actions.unlink_issues(one=key, other=_whole(request.POST.get("other")), **who)
    else:
        actions.remove_issue(key=key, revision=_whole(request.POST.get("revision")), **who)
    return redirect("proceedings_desk:issues", number=number)


def _whole(text: str | None) -> int:
    """A number that was sent in a hidden field; nonsense is one that nothing has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


@official(*WRITING)
def stakeholders(request: Request, number: str) -> HttpResponse:
    """The map as it is being worked on, its balance, and the form for one more."""
    case, about = drawn_case(request, number)
    form = StakeholderForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _kept(request, case.pk, form, 0)
        if status == 200:
            return redirect("proceedings_desk:stakeholders", number=number)
    context = map_context(worksheets.stakeholder_draft(case.pk))
    return show(
        request,
        "proceedings/staff/stakeholders.html",
        {**context, "about": about, "form": form},
        status,
    )


def _kept(request: Request, case_id: int, form: StakeholderForm, key: int) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    act = actions.edit_stakeholder if key else actions.add_stakeholder
    try:
        act(case_id=case_id, row=form.row(key), by=request.actor, at=request.at)
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*WRITING)
def stakeholder(request: Request, number: str, key: int) -> HttpResponse:
    """One stakeholder, to change or to remove."""
    case, about = drawn_case(request, number)
    row = worksheets.stakeholder_draft(case.pk).row(key)
    if request.method == "POST" and request.POST.get("act") == "remove":
        revision = _whole(request.POST.get("revision"))
        actions.remove_stakeholder(
            case_id=case.pk, key=key, revision=revision, by=request.actor, at=request.at
        )
        return redirect("proceedings_desk:stakeholders", number=number)
    form = StakeholderForm(
        request.POST if request.method == "POST" else None, initial=initial_of(row)
    )
    status = 200
    if request.method == "POST":
        status = _kept(request, case.pk, form, key)
        if status == 200:
            return redirect("proceedings_desk:stakeholders", number=number)
    context = {"about": about, "row": row, "form": form}
    return show(request, "proceedings/staff/stakeholder.html", context, status)


@official(*WRITING)
@require_POST
def publish(request: Request, number: str, kind: str) -> HttpResponse:
    """Publish the draft of a sheet as its next version."""
    case, _about = drawn_case(request, number)
    version = actions.publish_sheet(
        case_id=case.pk, kind=SheetKind(kind), by=request.actor, at=request.at
    )
    messages.success(request, _("Version %(n)s is public.") % {"n": version.number})
    return redirect(f"proceedings_desk:{kind}", number=number)
