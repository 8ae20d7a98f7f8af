"""Moderating comments (留言管理): reported ones first, then the newest."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.desk.forms import CommentForm
from minben.desk.views.pages import CHECKING, UNPROCESSABLE, found, page_of, put_beside, show
from minben.discussion import actions
from minben.discussion import queries as discussion
from minben.discussion.rules import HideGround
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals.queries import desk as proposals

REPORTED_SHOWN = 50


@official(*CHECKING)
@require_safe
def comments(request: Request) -> HttpResponse:
    """Reported comments, most reported first; below them all, newest first, or the hidden ones."""
    only_hidden = request.GET.get("show") == "hidden"
    reported = [] if only_hidden else list(discussion.reported_comments()[:REPORTED_SHOWN])
    page = page_of(request, discussion.newest_comments(hidden=only_hidden))
    shown = [*reported, *page]
    reports = defaultdict(list)
    for report in discussion.open_reports([row.pk for row in reported]):
        reports[report.comment_id].append(report)
    context = {
        "reported": reported,
        "page": page,
        "reports": dict(reports),
        "places": proposals.places_of_threads({row.thread_id for row in shown}),
        "only_hidden": only_hidden,
    }
    return show(request, "comments/list.html", context)


@official(*CHECKING)
def comment(request: Request, comment_id: int) -> HttpResponse:
    """One comment with its reports, the form for hiding it, and the act."""
    row = found(discussion.find_comment(comment_id))
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, UNPROCESSABLE)
    try:
        actions.hide_comment(
            comment_id=row.pk,
            ground=HideGround(form.cleaned_data["ground"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, row, form, put_beside(form, refusal))
    messages.success(request, _("The comment is hidden; its ground and reason stand in its place."))
    return redirect("desk:comments")


@official(*CHECKING)
@require_POST
def restore(request: Request, comment_id: int) -> HttpResponse:
    """Show a hidden comment again."""
    row = found(discussion.find_comment(comment_id))
    actions.restore_comment(comment_id=row.pk, by=request.actor, at=request.at)
    messages.success(request, _("The comment is shown again."))
    return redirect("desk:comments")


@official(*CHECKING)
@require_POST
def dismiss(request: Request, comment_id: int) -> HttpResponse:
    """Leave a reported comment as it is."""
    row = found(discussion.find_comment(comment_id))
    actions.dismiss_reports(comment_id=row.pk, by=request.actor, at=request.at)
    messages.success(request, _("The reports are settled; the comment stays."))
    return redirect("desk:comments")


def _page(request: Request, row: Any, form: CommentForm, status: int = 200) -> HttpResponse:
    """Any: a comment; its model is private to discussion."""
    context = {
        "comment": row,
        "reports": discussion.open_reports([row.pk]),
        "place": proposals.places_of_threads([row.thread_id]).get(row.thread_id),
        "names": people.names_of([row.hidden_by]),
        "form": form,
        "own": row.author_id == request.actor.person_id,
    }
    return show(request, "comments/comment.html", context, status)
