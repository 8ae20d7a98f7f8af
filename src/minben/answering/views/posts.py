"""Reports beside the formal response, on the desk (期中回報、納入研議回報)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.answering import actions
from minben.answering.forms import PostForm
from minben.answering.rules import STUDY_BASIS, PostKind
from minben.answering.views.cases import RESPONDING, context_of, own_case
from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, put_beside, show
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.refusal import Refusal
from minben.phrases import inserting
from minben.phrases.rules import Kind


@official(*RESPONDING)
def posts(request: Request, number: str) -> HttpResponse:
    """What was published so far, and the form for one more report; publishing is the act."""
    case, about = own_case(request, number)
    deadline = casework.open_deadline(case.pk, DeadlineKind.STUDY_RETURN)
    if request.method != "POST":
        form = PostForm(studied=deadline is not None)
        return _page(request, case, about, deadline, form)
    if inserting.asked(request):
        make = partial(PostForm, studied=deadline is not None)
        due = deadline.due_at if deadline else None
        facts = inserting.Facts(about.number, about.subject, case.lead, due)
        form, status = inserting.inserted(request, make, Kind.REPORT, facts)
        return _page(request, case, about, deadline, form, status)
    form = PostForm(request.POST, studied=deadline is not None)
    if not form.is_valid():
        return _page(request, case, about, deadline, form, UNPROCESSABLE)
    data = form.cleaned_data
    try:
        actions.publish_post(
            case_id=case.pk,
            kind=PostKind(data["kind"]),
            done=data["done"],
            ahead=data["ahead"],
            adoption=data.get("adoption", ""),
            reason=data.get("reason", ""),
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, case, about, deadline, form, put_beside(form, refusal))
    messages.success(request, _("The report is public, and everybody who took part is told."))
    return redirect("answering_desk:posts", number=number)


def _page(
    request: Request, case: Any, about: Any, deadline: Any, form: PostForm, status: int = 200
) -> HttpResponse:  # Any: rows whose models are private to their module
    context = context_of(
        case,
        about,
        form=form,
        phrases=inserting.offered(request, Kind.REPORT),
        deadline=deadline,
        published=casework.responses_of(case.pk),
        basis=STUDY_BASIS,
    )
    return show(request, "answering/desk/posts.html", context, status)
