"""Staff: opening a round of topics, nominating, voting (議題提名與票選)."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.staff import found, show
from minben.casework.queries.dossier import case_numbered
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.forms import BallotForm, NominateForm, RoundForm
from minben.meetings.rules.topics import VOTE_BASIS, Criterion
from minben.meetings.views.showing import bound, choices, form_page
from minben.people import queries as people

VOTING = (Role.PARTICIPATION, Role.ADMINISTRATOR)


@official(*VOTING)
@require_safe
def all_rounds(request: Request) -> HttpResponse:
    """Every round."""
    return show(request, "meetings/desk/rounds.html", {"rounds": queries.rounds()})


@official(*VOTING)
def open_round(request: Request) -> HttpResponseBase:
    """Open a round."""
    zh = is_chinese()
    rows = people.jurisdictions()
    governments = [(str(one.pk), one.name_zh if zh else one.name_en) for one in rows]
    form = RoundForm(bound(request), governments=governments)

    def act(data: dict[str, Any]) -> None:
        actions.open_round(
            jurisdiction_id=data["government"], terms=form.terms, by=request.actor, at=request.at
        )

    page = {
        "title": _("Open a round of topics"),
        "lead": _("Participation officers nominate first, then vote. The result is public."),
        "basis": VOTE_BASIS,
        "back": reverse("meetings_desk:rounds"),
        "button": _("Open the round"),
    }
    return form_page(request, form, act, page=page, done=_("The round is open."), to=page["back"])


@official(*VOTING)
@require_safe
def one_round(request: Request, pk: int) -> HttpResponse:
    """One round: what was nominated, who has voted, and what one can do."""
    seen = found(queries.round_seen(pk))
    own = request.actor.participates_for
    voted = queries.agencies_that_voted(pk)
    nominating = request.at < seen.round.votes_from
    voting = seen.round.votes_from <= request.at < seen.round.closes_at
    context = {
        "seen": seen,
        "nominating": nominating and bool(own),
        "voting": voting and bool(own - voted) and bool(seen.topics),
        "voted": bool(own) and not own - voted,
        "basis": VOTE_BASIS,
    }
    return show(request, "meetings/desk/round.html", context)


def _own(request: Request, government_id: int) -> list[tuple[str, str]]:
    """Agencies of the government whose participation officer the reader is."""
    ids = sorted(request.actor.participates_for)
    return choices(people.agencies_by_id(ids, government_id).values())


@official(*VOTING)
def nominate(request: Request, pk: int) -> HttpResponseBase:
    """Nominate a case."""
    seen = found(queries.round_seen(pk))
    own = _own(request, seen.round.jurisdiction_id)
    first = {"case": request.GET.get("case", "")[:24], "agency": own[0][0] if own else None}
    form = NominateForm(bound(request), agencies=own, initial=first)

    def act(data: dict[str, Any]) -> None:
        case = case_numbered(data["case"].strip())
        if case is None:
            raise Refusal("nominee_unknown", field="case")
        actions.nominate(
            round_id=pk,
            case_id=case.pk,
            agency_id=data["agency"],
            criteria=[Criterion(one) for one in data["criteria"]],
            reason=data["reason"],
            by=request.actor,
            at=request.at,
        )

    page = {
        "title": _("Nominate a topic"),
        "lead": _("A proposal, whether it reached or not, or a case an agency opened itself."),
        "basis": VOTE_BASIS,
        "back": reverse("meetings_desk:round", args=[pk]),
        "button": _("Nominate"),
    }
    return form_page(request, form, act, page=page, done=_("It is nominated."), to=page["back"])


@official(*VOTING)
def vote(request: Request, pk: int) -> HttpResponseBase:
    """Cast an agency's ballot."""
    seen = found(queries.round_seen(pk))
    own = _own(request, seen.round.jurisdiction_id)
    topics = [(str(line.topic.pk), line.about.subject) for line in seen.topics]
    first = {"agency": own[0][0]} if own else {}
    form = BallotForm(bound(request), agencies=own, topics=topics, initial=first)

    def act(data: dict[str, Any]) -> None:
        actions.vote(
            round_id=pk,
            agency_id=data["agency"],
            topic_ids=data["topics"],
            by=request.actor,
            at=request.at,
        )

    lead = _("Up to %(n)s topics. A ballot can't be changed.") % {"n": seen.round.votes_each}
    page = {
        "title": _("Vote"),
        "lead": lead,
        "basis": VOTE_BASIS,
        "back": reverse("meetings_desk:round", args=[pk]),
        "button": _("Cast the ballot"),
        "color": "brand1",
    }
    return form_page(request, form, act, page=page, done=_("The ballot is cast."), to=page["back"])
