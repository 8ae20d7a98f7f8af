"""Registering for a meeting, giving the place up, suggesting whom to hear (報名)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minben.base.access import Request, citizen, verified
from minben.base.staff import put_beside
from minben.casework.about import About, about_one
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.forms import RegisterForm, SuggestForm
from minben.meetings.models import Meeting
from minben.meetings.rules.places import ENDORSERS_MAX, PRACTICE, ParticipantKind
from minben.people import queries as people


def kinds_for(meeting: Meeting, about: About, person_id: int | None) -> list[ParticipantKind]:
    """As what somebody could register; whether they may, the act decides. No query."""
    if person_id is not None and about.petitioner_id == person_id:
        return [ParticipantKind.PETITIONER]
    kinds = [ParticipantKind.ENDORSER] if meeting.invited_at is not None else []
    return kinds + ([ParticipantKind.PUBLIC] if meeting.public_places else [])


def _shown(number: str) -> tuple[Meeting, About]:
    meeting = queries.meeting(number)
    if meeting is None or not meeting.is_public:
        raise Http404
    about = about_one(meeting.case_id)
    if not about.public:
        raise Http404
    return meeting, about


@verified
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request, number: str) -> HttpResponse:
    """Say as what one comes, and get a place or a number in the queue."""
    meeting, about = _shown(number)
    kinds = [one.value for one in kinds_for(meeting, about, request.actor.person_id)]
    name = people.user_of(request.actor).nickname
    form = RegisterForm(request.POST or None, kinds=kinds, initial={"name": name})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                row = actions.register(
                    meeting_id=meeting.pk,
                    kind=ParticipantKind(form.cleaned_data["kind"]),
                    name=form.cleaned_data["name"],
                    by=request.actor,
                    at=request.at,
                )
            except Refusal as refusal:
                status = HTTPStatus(put_beside(form, refusal))
            else:
                said = _("You have a place.") if row.seat else _("You are on the waiting list.")
                messages.success(request, said)
                return redirect("meetings:meeting", number)
    context = {
        "meeting": meeting,
        "form": form,
        "kinds": kinds,
        "most": ENDORSERS_MAX,
        "basis": PRACTICE,
        "place": queries.my_place(meeting, request.actor.person_id),
    }
    return render(request, "meetings/register.html", context, status=status)


@citizen
@require_POST
def give_up(request: Request, number: str) -> HttpResponse:
    """Give one's place or number up."""
    meeting, _about = _shown(number)
    place = queries.my_place(meeting, request.actor.person_id)
    if place is None:
        raise Refusal("place_gone")
    actions.give_up(registration_id=place.pk, by=request.actor, at=request.at)
    messages.success(request, _("You gave your place up. Thank you for telling."))
    return redirect("meetings:meeting", number)


@verified
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: Request, number: str) -> HttpResponse:
    """The proposer says whom the agency should hear."""
    meeting, about = _shown(number)
    if about.petitioner_id != request.actor.person_id:
        raise Refusal("meeting_not_petitioner", basis=PRACTICE)
    form = SuggestForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                actions.suggest(
                    meeting_id=meeting.pk, **form.cleaned_data, by=request.actor, at=request.at
                )
            except Refusal as refusal:
                status = HTTPStatus(put_beside(form, refusal))
            else:
                messages.success(request, _("The agency decides, and gives a reason if not."))
                return redirect("meetings:meeting", number)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/suggest.html", context, status=status)
