"""Appeals against hiding (申覆): queue and decision, by somebody else than who hid it."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.forms import AppealForm
from minben.desk.views.deciding import decide
from minben.desk.views.pages import CHECKING, found, page_of, show
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.queries import desk as proposals
from minben.proposals.queries.evidence import evidence_of


@official(*CHECKING)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for its decision, soonest due first."""
    page = page_of(request, proposals.appeals_waiting())
    return show(request, "appeals/queue.html", {"page": page})


@official(*CHECKING)
def appeal(request: Request, number: str) -> HttpResponse:
    """The appeal beside the decision it attacks, and the act of deciding."""
    row = found(proposals.appeal_of(number))

    def said(upheld: bool) -> str:
        sentence = (
            _("The appeal in %(number)s is upheld; the proposal is restored.")
            if upheld
            else _("The appeal in %(number)s is rejected; the proposal stays hidden.")
        )
        return sentence % {"number": number}

    return decide(
        request,
        AppealForm,
        page=partial(_page, request, row),
        act=partial(actions.decide_appeal, proposal_id=row.proposal_id),
        said=said,
        back="desk:appeals",
    )


def _page(request: Request, row: Any, form: Form, status: int) -> HttpResponse:
    """Any: an appeal; its model is private to proposals."""
    check = row.proposal.check_record
    context = {
        "appeal": row,
        "proposal": row.proposal,
        "check": check,
        "evidence": evidence_of(row.proposal.evidence),
        "ground": row.proposal.case.rule_set.rules.ground(check.ground),
        "names": people.names_of([row.hidden_by, row.decided_by, check.decided_by]),
        "form": form,
        "hid_it": row.hidden_by == request.actor.id,
        "own": row.proposal.proposer_id == request.actor.person_id,
    }
    return show(request, "appeals/appeal.html", context, status)
