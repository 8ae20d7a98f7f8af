"""Staff: tasks, agenda, who takes part, tables, who came (籌備事項、議程、名單、分組、簽到)."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import show
from minben.casework import queries as casework
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.forms import (
    AgendaForm,
    NameForm,
    NotComingForm,
    TableForm,
    TaskForm,
    instant,
)
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules.places import ParticipantKind, WhyNot
from minben.meetings.views.showing import (
    STAFF,
    bound,
    form_page,
    own_agencies,
    post_done,
    run_by,
)


def _back(number: str, anchor: str) -> str:
    return reverse("meetings_desk:meeting", args=[number]) + f"#{anchor}"


def _around(number: str, anchor: str, title: str, button: str, **more: Any) -> dict[str, Any]:
    """What a form says around itself. Any: texts."""
    return {
        "title": title,
        "back": _back(number, anchor),
        "button": button,
        "number": number,
    } | more


def _government(meeting: Meeting) -> str:
    return str(casework.case(meeting.case_id).jurisdiction.code)


@official(*STAFF)
def add_task(request: Request, number: str) -> HttpResponseBase:
    """Add something to the checklist."""
    row = run_by(request, number)
    form = TaskForm(bound(request))

    def act(data: dict[str, Any]) -> None:
        actions.add_task(meeting_id=row.pk, **data, by=request.actor, at=request.at)

    page = _around(number, "checklist", _("Add a task"), _("Add"))
    return form_page(request, form, act, page=page, done=_("The task is added."), to=page["back"])


@official(*STAFF)
@require_POST
def tick_task(request: Request, number: str, task_id: int) -> HttpResponse:
    """Tick a task off, or take the tick back."""
    row = run_by(request, number)
    if not row.tasks.filter(pk=task_id).exists():
        raise Http404
    done = request.POST.get("done") == "1"
    actions.set_task_done(task_id=task_id, done=done, by=request.actor, at=request.at)
    said = _("The task is done.") if done else _("The task is open again.")
    return post_done(request, said, _back(number, "checklist"))


@official(*STAFF)
def add_agenda(request: Request, number: str) -> HttpResponseBase:
    """Add a piece of the agenda, on the day of the meeting."""
    row = run_by(request, number)
    form = AgendaForm(bound(request))

    def act(data: dict[str, Any]) -> None:
        if row.starts_at is None:
            raise Refusal("agenda_without_time", field="starts")
        day = local_day(row.starts_at)
        starts, ends = instant(day, data["starts"]), instant(day, data["ends"])
        assert starts is not None and ends is not None  # noqa: S101, PT018 - both are required
        actions.add_agenda_item(
            meeting_id=row.pk,
            starts_at=starts,
            ends_at=ends,
            title=data["title"],
            who=data["who"],
            by=request.actor,
            at=request.at,
        )

    page = _around(number, "agenda", _("Add to the agenda"), _("Add"))
    return form_page(request, form, act, page=page, done=_("The agenda grew."), to=page["back"])


@official(*STAFF)
@require_POST
def remove_agenda(request: Request, number: str, item_id: int) -> HttpResponse:
    """Take a piece of the agenda away."""
    row = run_by(request, number)
    if row.agenda.filter(pk=item_id).exists():
        actions.remove_agenda_item(item_id=item_id, by=request.actor, at=request.at)
    return post_done(request, _("It is off the agenda."), _back(number, "agenda"))


@official(*STAFF)
def name_participant(request: Request, number: str) -> HttpResponseBase:
    """Name a stakeholder, an official or a youth adviser.

    Whoever acts for another agency of the government may do so too, without seeing the list.
    """
    row = queries.meeting(number)
    if row is None or not (row.is_public or queries.may_run(request.actor, row)):
        raise Http404
    runs = queries.may_run(request.actor, row)
    form = NameForm(bound(request), agencies=own_agencies(request, _government(row)))

    def act(data: dict[str, Any]) -> None:
        actions.name_participant(
            meeting_id=row.pk,
            kind=ParticipantKind(data["kind"]),
            agency_id=data["agency"],
            name=data["name"],
            organisation=data["organisation"],
            by=request.actor,
            at=request.at,
        )

    page = _around(number, "people", _("Name somebody who takes part"), _("Name them"))
    page["lead"] = _("Names are for the host and the table. Nothing of them is published.")
    if not runs:
        page["back"] = reverse("meetings:meeting", args=[number])
    return form_page(request, form, act, page=page, done=_("A place is kept."), to=page["back"])


def _person(meeting: Meeting, pk: int) -> Registration:
    row = Registration.objects.filter(meeting=meeting, pk=pk).first()
    if row is None:
        raise Http404
    return row


@official(*STAFF)
def not_coming(request: Request, number: str, pk: int) -> HttpResponseBase:
    """Turn a suggestion down, or note that somebody declined."""
    meeting = run_by(request, number)
    row = _person(meeting, pk)
    form = NotComingForm(bound(request))

    def act(data: dict[str, Any]) -> None:
        actions.not_coming(
            registration_id=row.pk,
            reason=WhyNot(data["reason"]),
            note=data["note"],
            by=request.actor,
            at=request.at,
        )

    suggested = row.state == "suggested"
    title = _("Do not invite") if suggested else _("Does not come")
    page = _around(number, "people", title, title, lead=row.name, lead_zh=True)
    return form_page(request, form, act, page=page, done=_("It is noted."), to=page["back"])


@official(*STAFF)
@require_POST
def accept(request: Request, number: str, pk: int) -> HttpResponse:
    """Invite somebody the proposer suggested, among the host's stakeholders."""
    meeting = run_by(request, number)
    row = _person(meeting, pk)
    actions.accept_suggestion(
        registration_id=row.pk, agency_id=meeting.agency_id, by=request.actor, at=request.at
    )
    return post_done(request, _("A place is kept."), _back(number, "people"))


@official(*STAFF)
@require_POST
def groups(request: Request, number: str) -> HttpResponse:
    """Seat everybody at tables."""
    meeting = run_by(request, number)
    tables = actions.make_groups(meeting_id=meeting.pk, by=request.actor, at=request.at)
    said = _("Everybody sits at one of %(tables)s tables.") % {"tables": tables}
    return post_done(request, said, _back(number, "people"))


@official(*STAFF)
def table(request: Request, number: str, pk: int) -> HttpResponseBase:
    """Move somebody to another table, or make them its host."""
    meeting = run_by(request, number)
    row = _person(meeting, pk)
    form = TableForm(bound(request), initial={"table": row.table or 1, "host": row.is_host})

    def act(data: dict[str, Any]) -> None:
        actions.move_to_table(registration_id=row.pk, **data, by=request.actor, at=request.at)

    page = _around(number, "people", _("Change the table"), _("Save"), lead=row.name, lead_zh=True)
    return form_page(request, form, act, page=page, done=_("It is changed."), to=page["back"])


@official(*STAFF)
def attendance(request: Request, number: str) -> HttpResponseBase:
    """Note who came: one choice for each, in one form."""
    meeting = run_by(request, number)
    rows = [row for row in queries.participants(meeting) if row.state == "seated"]
    if request.method == "POST":
        told = {"present": True, "absent": False, "": None}
        present = {
            row.pk: told[value]
            for row in rows
            if (value := request.POST.get(f"p{row.pk}", "")) in told
        }
        actions.check_in(meeting_id=meeting.pk, present=present, by=request.actor, at=request.at)
        return post_done(request, _("Attendance is noted."), _back(number, "people"))
    context = {"meeting": meeting, "rows": rows, "back": _back(number, "people")}
    return show(request, "meetings/desk/attendance.html", context)
