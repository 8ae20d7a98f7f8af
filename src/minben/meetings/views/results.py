"""Staff: the result report and actions that are followed (結果報告、列管事項)."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.staff import show
from minben.casework import queries as casework
from minben.kernel.actor import Role
from minben.kernel.text import whole_number
from minben.meetings import actions, queries
from minben.meetings.forms import ActionForm, ActionReportForm, ReportForm
from minben.meetings.queries.results import action as find_action
from minben.meetings.rules.results import ActionState
from minben.meetings.views.showing import (
    STAFF,
    agencies_in,
    bound,
    form_page,
    post_done,
    run_by,
)


@official(*STAFF)
def report(request: Request, number: str) -> HttpResponseBase:
    """Write the report, or a correction of the published one; nothing is public before it is published."""
    meeting = run_by(request, number)
    versions = queries.reports_of(meeting)
    newest = versions[0] if versions else None
    draft = newest if newest and newest.published_at is None else None
    basis = draft or newest
    first = {
        "agreed": basis.agreed if basis else "",
        "open_points": basis.open_points if basis else "",
        "correction": draft.correction if draft else "",
        "revision": draft.revision if draft else 0,
    }
    correcting = draft.version > 1 if draft else newest is not None
    form = ReportForm(bound(request), initial=first, correcting=correcting)

    def act(data: dict[str, Any]) -> None:
        given = {"correction": ""} | data
        actions.draft_report(meeting_id=meeting.pk, **given, by=request.actor, at=request.at)

    back = reverse("meetings_desk:meeting", args=[number])
    page = {
        "title": _("Correct the report") if correcting else _("Result report"),
        "lead": _(
            "Say what was agreed and what stays open. A meeting decides nothing; what agencies will do is put down as actions."
        ),
        "back": f"{back}#report",
        "button": _("Save the draft"),
    }
    done = _("The draft is saved. It is not public yet.")
    return form_page(request, form, act, page=page, done=done, to=f"{back}#report")


@official(*STAFF)
@require_POST
def publish(request: Request, number: str) -> HttpResponse:
    """Publish the draft that was read."""
    meeting = run_by(request, number)
    revision = whole_number(request.POST.get("revision", ""))
    actions.publish_report(
        meeting_id=meeting.pk,
        revision=-1 if revision is None else revision,
        by=request.actor,
        at=request.at,
    )
    back = reverse("meetings_desk:meeting", args=[number])
    return post_done(request, _("The report is public."), f"{back}#report")


@official(*STAFF)
def agree(request: Request, number: str) -> HttpResponseBase:
    """Put down what an agency will do."""
    meeting = run_by(request, number)
    government = casework.case(meeting.case_id).jurisdiction.code
    form = ActionForm(bound(request), agencies=agencies_in(request, government))

    def act(data: dict[str, Any]) -> None:
        actions.agree_action(
            meeting_id=meeting.pk,
            text=data["text"],
            agency_id=data["agency"],
            due=data["due"],
            by=request.actor,
            at=request.at,
        )

    back = reverse("meetings_desk:meeting", args=[number])
    page = {
        "title": _("Add an action"),
        "lead": _("It is public at once, and the agency is told."),
        "back": f"{back}#actions",
        "button": _("Put it down"),
    }
    return form_page(request, form, act, page=page, done=_("It is put down."), to=page["back"])


@official(*STAFF)
@require_safe
def agency_actions(request: Request) -> HttpResponse:
    """What the reader's agencies have to do; administrators see all that is late."""
    late = queries.late_actions() if request.actor.has(Role.ADMINISTRATOR) else ()
    context = {"rows": queries.actions_for(request.actor), "late": late}
    return show(request, "meetings/desk/actions.html", context)


@official(*STAFF)
def report_action(request: Request, number: str, position: int) -> HttpResponseBase:
    """Say how an action goes."""
    action = find_action(number, position)
    if action is None:
        raise Http404
    hosting = queries.may_run(request.actor, action.meeting)
    if not hosting and not queries.acts_for(request.actor, action.agency_id):
        raise Http404
    states = [ActionState.DOING.value]
    states += [ActionState.RELEASED.value, ActionState.DROPPED.value] if hosting else []
    form = ActionReportForm(bound(request), states=states)

    def act(data: dict[str, Any]) -> None:
        actions.report_action(
            action_id=action.pk,
            state=ActionState(data["state"]),
            text=data["text"],
            by=request.actor,
            at=request.at,
        )

    page: dict[str, Any] = {
        "title": _("Report on an action"),
        "lead": action.text,
        "lead_zh": True,
        "back": reverse("meetings_desk:actions"),
        "button": _("Publish the report"),
        "color": "brand1",
    }
    return form_page(request, form, act, page=page, done=_("It is public."), to=page["back"])
