"""Endorsing a proposal, its confirmation, and the public list of endorsers (附議)."""

import csv
from collections.abc import Iterator
from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, public, verified
from minben.base.addresses import address_of
from minben.base.refusals import sentence, status_of
from minben.kernel.periods import TAIPEI
from minben.kernel.refusal import Refusal
from minben.kernel.text import formula_safe
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.forms.acts import EndorseForm, EndorsementFilter, put_beside
from minben.proposals.queries.endorsements import (
    counties_of,
    endorsement_page,
    endorsement_rows,
)
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.networks import mark_of
from minben.proposals.queries.places import find_proposal
from minben.proposals.views.showing import READ_OR_POST, endorse_refusal, of_proposal
from minben.proposals.words import told_dates

CSV_HEADER = ("編號", "附議時間", "居住縣市", "鄉鎮市區", "附議人暱稱", "附議原因")
BOM = "\ufeff"


@verified
@require_http_methods(READ_OR_POST)
def endorse(request: Request, number: str) -> HttpResponseBase:
    """Say what endorsing means and ask once more; then do it.

    What is sent is tried first, before anything is read: the page is made only to be read, or
    when the act was refused.
    """
    if request.method != "POST":
        return _ask(request, number, form=EndorseForm(), status=HTTPStatus.OK)
    form = EndorseForm(request.POST)
    if not form.is_valid():
        return _ask(request, number, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        proposal_id = find_proposal(number)
        actions.endorse(
            proposal_id=proposal_id,
            reason=form.cleaned_data["reason"],
            network=mark_of(proposal_id, address_of(request)),
            by=request.actor,
            at=request.at,
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refusal as given:
        return _ask(request, number, form=form, status=put_beside(form, given))
    return redirect("proposals:endorsed", number)


@of_proposal
def _ask(
    request: Request, proposal: Facts, form: EndorseForm, status: HTTPStatus
) -> HttpResponseBase:
    if proposal.mine and not form.is_bound:
        return redirect("proposals:endorsed", proposal.number)
    refusal = endorse_refusal(proposal)
    if refusal and not form.is_bound:
        status = status_of(refusal)
    context = {
        "proposal": proposal,
        "form": form,
        "limit": proposal.rule_set.rules.limits["endorse_reason"],
        "public_name": people.user_of(request.actor).public_name,
        "dates": told_dates(proposal.dates),
        "why_closed": sentence(refusal) if refusal else "",
        "basis": refusal.basis if refusal else "",
    }
    return render(request, "proposals/endorse.html", context, status=status)


@public
@require_safe
@of_proposal
def endorsements(request: Request, proposal: Facts) -> HttpResponseBase:
    """Everybody who endorsed, newest first."""
    counties = counties_of(proposal.pk)
    form = EndorsementFilter(request.GET, counties=counties)
    form.is_valid()  # a county nobody comes from is dropped, and the form says so
    county = form.cleaned_data.get("county", "")
    reason_only = form.cleaned_data.get("reason", False)
    found = endorsement_page(
        proposal.pk, request.GET.get("page"), county=county, reason_only=reason_only
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "proposal": proposal,
        "page": found,
        "form": form,
        "counties": counties,
        "filtered": bool(county or reason_only),
        "base": f"{kept.urlencode()}&" if kept else "",
    }
    return render(request, "proposals/endorsements.html", context)


class _Echo:
    """What the CSV writer takes for a file: hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(proposal_id: int) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(CSV_HEADER)
    for line in endorsement_rows(proposal_id):
        texts = (line.county, line.township, line.nickname, line.reason)
        at = line.at.astimezone(TAIPEI)
        yield writer.writerow(
            (line.number, f"{at:%Y-%m-%d %H:%M:%S}", *(formula_safe(text) for text in texts))
        )


@public
@require_safe
@of_proposal
def endorsements_csv(request: Request, proposal: Facts) -> HttpResponseBase:
    """All endorsements as a table, in order, as it is written while it is read."""
    response = StreamingHttpResponse(
        _csv_lines(proposal.pk), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="proposal-{proposal.number}-endorsements.csv"'
    )
    return response
