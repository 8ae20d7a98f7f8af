"""Comments on a proposal: writing one, reading all, reporting one (留言)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, public, verified
from minben.discussion import actions as discussion
from minben.discussion.rules import COMMENT_MAX, Side
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals.forms.acts import CommentForm, ReportForm, put_beside
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.page import comment_of, comment_page
from minben.proposals.views.page import shown_comments
from minben.proposals.views.showing import READ_OR_POST, of_proposal, reader_of

REPORT_MAX = 300


@verified
@require_http_methods(READ_OR_POST)
@of_proposal
def comment(request: Request, proposal: Facts) -> HttpResponseBase:
    """Say something for or against."""
    form = CommentForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            if not proposal.talk_open:
                raise Refusal("thread_closed")
            discussion.comment(
                thread_id=proposal.thread_id,
                side=Side(form.cleaned_data["side"]),
                body=form.cleaned_data["body"],
                by=request.actor,
                at=request.at,
                case_id=proposal.case_id,
            )
            messages.success(request, _("Your comment is public now."))
            return redirect(reverse("proposals:page", args=[proposal.number]) + "#comments")
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {
        "proposal": proposal,
        "form": form,
        "limit": COMMENT_MAX,
        "public_name": people.user_of(request.actor).public_name,
    }
    return render(request, "proposals/comment.html", context, status=status)


@public
@require_safe
@of_proposal
def comments(request: Request, proposal: Facts) -> HttpResponseBase:
    """All comments, newest first; of one side, or of both."""
    asked = request.GET.get("side", "")
    side = Side(asked) if asked in (Side.PRO, Side.CON) else None
    found = comment_page(proposal.thread_id, request.GET.get("page"), side)
    context = {
        "proposal": proposal,
        "page": found,
        "shown": shown_comments(proposal.number, list(found.object_list)),
        "side": side or "",
        "base": f"side={side}&" if side else "",
        "reader": reader_of(request),
    }
    return render(request, "proposals/comments.html", context)


@verified
@require_http_methods(READ_OR_POST)
@of_proposal
def comment_report(request: Request, proposal: Facts, comment: int) -> HttpResponseBase:
    """Ask a moderator to look at a comment."""
    line = comment_of(proposal.thread_id, comment)
    if line is None:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            discussion.report_comment(
                comment_id=line.pk,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Thank you. A moderator will look at this comment."))
            return redirect("proposals:comments", proposal.number)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {"proposal": proposal, "form": form, "line": line, "limit": REPORT_MAX}
    return render(request, "proposals/comment_report.html", context, status=status)
