"""The proposal page (提議頁): what is asked, how far it is, what happens next and by when."""

from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.base.refusals import sentence
from minben.discussion.queries import CommentLine
from minben.proposals.labels import topic_label
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.page import page_parts
from minben.proposals.views.showing import endorse_refusal, of_proposal, reader_of
from minben.proposals.words import told_dates


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment with the address where it can be reported."""

    line: CommentLine
    report_url: str


def shown_comments(number: str, lines: "list[CommentLine]") -> list[ShownComment]:
    """Comments of a proposal's discussion, ready for the template."""
    return [
        ShownComment(line, reverse("proposals:comment_report", args=[number, line.pk]))
        for line in lines
    ]


@public
@kept()
@require_safe
@of_proposal
def page(request: Request, proposal: Facts) -> HttpResponseBase:
    """Everything about one proposal."""
    parts = page_parts(proposal, request.at)
    refusal = endorse_refusal(proposal)
    return render(
        request,
        "proposals/page.html",
        {
            "proposal": proposal,
            "parts": parts,
            "dates": told_dates(proposal.dates),
            "topic": topic_label(proposal.topic),
            "reader": reader_of(request),
            "why_closed": sentence(refusal) if refusal else "",
            "pros": shown_comments(proposal.number, list(parts.comments.pro)),
            "cons": shown_comments(proposal.number, list(parts.comments.con)),
        },
    )
