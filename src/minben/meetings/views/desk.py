"""Staff: meetings one may run, one meeting with everything about it, its acts (協作會議籌備)."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.staff import page_of, show
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.blocks import Reader, blocks_for
from minben.meetings.forms import NewMeetingForm, ReasonForm, SettingsForm
from minben.meetings.inviting import endorsers_of
from minben.meetings.rules import MeetingState
from minben.meetings.views.showing import (
    STAFF,
    bound,
    choices,
    form_page,
    post_done,
    run_by,
)
from minben.people import queries as people


@official(*STAFF)
@require_safe
def meetings(request: Request) -> HttpResponse:
    """The meetings one may run; what is still to be done first."""
    page = page_of(request, queries.hosted(request.actor))
    return show(request, "meetings/desk/list.html", {"page": page})


@official(*STAFF)
@require_safe
def meeting(request: Request, number: str) -> HttpResponse:
    """Everything about one meeting, names included."""
    row = run_by(request, number)
    declared = endorsers_of(row.case.origin)
    begun = row.starts_at is not None and request.at >= row.starts_at
    context = {
        "meeting": row,
        "about": about_one(row.case_id),
        "numbers": queries.numbers_of(row),
        "blocks": blocks_for(Reader.STAFF, row, request.actor, request.at),
        "begun": begun,
        "can_change": row.state == MeetingState.PLANNED
        or (row.state == MeetingState.ANNOUNCED and not begun),
        "can_invite": declared is not None
        and row.state == MeetingState.ANNOUNCED
        and row.invited_at is None
        and not begun,
    }
    return show(request, "meetings/desk/meeting.html", context)


def _hosts(request: Request) -> list[tuple[str, str]]:
    """Agencies the reader may open a meeting for. One query."""
    rows = people.all_agencies(request.at)
    if not request.actor.has(Role.ADMINISTRATOR):
        rows = [one for one in rows if queries.acts_for(request.actor, one.pk)]
    return choices(rows)


@official(*STAFF)
def new(request: Request) -> HttpResponseBase:
    """Begin to prepare a meeting about a case."""
    hosts = _hosts(request)
    first = {"case": request.GET.get("case", "")[:24], "aim": "clarify", "kind": "collaboration"}
    first |= {"agency": hosts[0][0]} if len(hosts) == 1 else {}
    form = NewMeetingForm(bound(request), agencies=hosts, initial=first)

    def act(data: dict[str, Any]) -> None:
        case = case_numbered(data["case"].strip())
        if case is None:
            raise Refusal("nominee_unknown", field="case")
        actions.open_meeting(
            case_id=case.pk,
            agency_id=data["agency"],
            kind=form.meeting_kind,
            settings=form.settings,
            by=request.actor,
            at=request.at,
        )

    page = {
        "title": _("Prepare a meeting"),
        "lead": _("It stays invisible until it is announced. Time and place may follow later."),
        "back": reverse("meetings_desk:list"),
        "button": _("Begin to prepare"),
    }
    to = reverse("meetings_desk:list")
    said = _("The meeting is in preparation; its usual tasks stand on its page.")
    return form_page(request, form, act, page=page, done=said, to=to)


def _page(number: str, title: str, button: str, **more: Any) -> dict[str, Any]:
    """What a form about a meeting says around itself. Any: texts."""
    return {
        "title": title,
        "back": reverse("meetings_desk:meeting", args=[number]),
        "button": button,
        "number": number,
        **more,
    }


@official(*STAFF)
def change(request: Request, number: str) -> HttpResponseBase:
    """Change title, time, place, places."""
    row = run_by(request, number)
    form = SettingsForm(bound(request), initial=SettingsForm.told(row))

    def act(data: dict[str, Any]) -> None:
        actions.change_meeting(
            meeting_id=row.pk, settings=form.settings, by=request.actor, at=request.at
        )

    lead = ""
    if row.state == MeetingState.ANNOUNCED:
        lead = _("It is public. Everybody who has a place is told of another time or place.")
    page = _page(number, _("Change the meeting"), _("Save"), lead=lead)
    return form_page(request, form, act, page=page, done=_("It is changed."), to=page["back"])


@official(*STAFF)
@require_POST
def announce(request: Request, number: str) -> HttpResponse:
    """Make it public and open registration."""
    row = run_by(request, number)
    actions.announce(meeting_id=row.pk, by=request.actor, at=request.at)
    return post_done(
        request, _("The meeting is announced."), reverse("meetings_desk:meeting", args=[number])
    )


@official(*STAFF)
@require_POST
def invite(request: Request, number: str) -> HttpResponse:
    """Write to all endorsers."""
    row = run_by(request, number)
    actions.invite_endorsers(meeting_id=row.pk, by=request.actor, at=request.at)
    return post_done(
        request,
        _("The letter to all endorsers is on its way."),
        reverse("meetings_desk:meeting", args=[number]),
    )


@official(*STAFF)
@require_POST
def hold(request: Request, number: str) -> HttpResponse:
    """Say that it was held."""
    row = run_by(request, number)
    actions.mark_held(meeting_id=row.pk, by=request.actor, at=request.at)
    return post_done(
        request, _("The meeting was held."), reverse("meetings_desk:meeting", args=[number])
    )


@official(*STAFF)
def cancel(request: Request, number: str) -> HttpResponseBase:
    """Call it off, for a reason."""
    row = run_by(request, number)
    form = ReasonForm(bound(request))

    def act(data: dict[str, Any]) -> None:
        actions.cancel(meeting_id=row.pk, **data, by=request.actor, at=request.at)

    page = _page(number, _("Call the meeting off"), _("Call it off"), color="danger")
    return form_page(
        request, form, act, page=page, done=_("The meeting is called off."), to=page["back"]
    )
