"""What came of a meeting: the report, corrections, and actions followed until released (結果、列管)."""

from datetime import date, datetime

from django.db import transaction

from minben.kernel.actor import Actor
from minben.kernel.machine import ForbiddenAct
from minben.kernel.periods import end_of, last_day, local_day
from minben.kernel.refusal import Refusal
from minben.meetings import letters
from minben.meetings.actions.held import bounded, held_by, moved, names, tell
from minben.meetings.models import ActionUpdate, Meeting, Report, TrackedAction
from minben.meetings.permissions import acts_for
from minben.meetings.rules import BASIS, MeetingAct, MeetingState
from minben.meetings.rules import REASON_MAX as WHY_MAX
from minben.meetings.rules import REASON_MIN as WHY_MIN
from minben.meetings.rules.places import PRACTICE
from minben.meetings.rules.results import (
    ACTION_MAX,
    ACTION_MIN,
    ACTIONS_MOST,
    REPORT_MAX,
    REPORT_MIN,
    STEPS,
    UPDATE_MAX,
    UPDATE_MIN,
    ActionState,
)
from minben.people import queries as people

OVER = (MeetingState.HELD, MeetingState.REPORTED)


@transaction.atomic
def draft_report(
    *,
    meeting_id: int,
    agreed: str,
    open_points: str,
    correction: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> Report:
    """Save the draft of the report, or of a correction of the published one.

    Args:
        correction: why the published report is corrected; empty for the first.
        revision: of the draft that was read, 0 for none.

    Raises:
        Refusal: ``not_host_agency``, ``report_too_early``, ``meeting_text``, ``report_changed``.
    """
    meeting = held_by(meeting_id, by)
    if meeting.state not in OVER:
        raise Refusal("report_too_early", basis=BASIS)
    last = Report.objects.filter(meeting=meeting).order_by("-version").first()
    draft = last if last is not None and last.published_at is None else None
    if (draft.revision if draft else 0) != revision:
        raise Refusal("report_changed")
    version = draft.version if draft else last.version + 1 if last else 1
    report = draft or Report(meeting=meeting, version=version)
    report.agreed = bounded(agreed, 0, REPORT_MAX, "agreed")
    report.open_points = bounded(open_points, 0, REPORT_MAX, "open_points")
    if version > 1:
        correction = bounded(correction, WHY_MIN, WHY_MAX, "correction")
        report.correction = correction
    report.drafted_at, report.drafted_by = at, by.id
    report.revision = revision + 1
    report.save()
    _tell("report_drafted", meeting, by, at, version=version)
    return report


@transaction.atomic
def publish_report(*, meeting_id: int, revision: int, by: Actor, at: datetime) -> Report:
    """Publish the draft; what was published before stays, as an earlier version.

    Raises:
        Refusal: ``not_host_agency``, ``report_too_early``, ``report_missing``,
            ``report_changed``, ``meeting_text``.
    """
    meeting = held_by(meeting_id, by)
    if meeting.state not in OVER:
        raise Refusal("report_too_early", basis=BASIS)
    draft = Report.objects.filter(meeting=meeting, published_at=None).first()
    if draft is None:
        raise Refusal("report_missing")
    if draft.revision != revision:
        raise Refusal("report_changed")
    bounded(draft.agreed, REPORT_MIN, REPORT_MAX, "agreed")
    draft.published_at, draft.published_by = at, by.id
    draft.save(update_fields=["published_at", "published_by"])
    if meeting.state == MeetingState.HELD:
        meeting.state = moved(meeting, MeetingAct.REPORT)
        meeting.save(update_fields=["state"])
        letters.tell_all("reported", meeting, by=by, at=at)
    _tell("report_published", meeting, by, at, version=draft.version)
    return draft


@transaction.atomic
def agree_action(
    *, meeting_id: int, text: str, agency_id: int, due: date, by: Actor, at: datetime
) -> TrackedAction:
    """Put down what an agency will do until the end of the day `due`; public at once.

    Raises:
        Refusal: ``not_host_agency``, ``action_too_early``, ``host_unknown``, ``meeting_text``,
            ``action_due``, ``meeting_list_full``.
    """
    meeting = held_by(meeting_id, by)
    if meeting.state not in OVER:
        raise Refusal("action_too_early", basis=PRACTICE)
    agencies = people.agencies_by_id([agency_id], meeting.case.jurisdiction_id)
    if agency_id not in agencies:
        raise Refusal("host_unknown", field="agency")
    if due <= local_day(at) or due.year > local_day(at).year + 5:
        raise Refusal("action_due", field="due")
    number = meeting.actions.count() + 1
    if number > ACTIONS_MOST:
        raise Refusal("meeting_list_full", most=ACTIONS_MOST)
    action = TrackedAction.objects.create(
        meeting=meeting,
        number=number,
        text=bounded(text, ACTION_MIN, ACTION_MAX, "text"),
        agency=agencies[agency_id],
        due_at=end_of(due),
        at=at,
        updated_at=at,
    )
    _tell_action("action_agreed", action, meeting, by, at, text=action.text)
    letters.tell_agency(
        "action_agreed",
        meeting,
        agency_id,
        f"action:{action.pk}",
        by=by,
        at=at,
        text=action.text,
        due=due.isoformat(),
    )
    return action


@transaction.atomic
def report_action(
    *, action_id: int, state: ActionState, text: str, by: Actor, at: datetime
) -> TrackedAction:
    """Say in public how an action goes: doing, released, or dropped; the text is the reason.

    Raises:
        Refusal: ``meeting_not_of_agency`` (neither the agency that does it nor the host),
            ``action_over``, ``release_by_host``, ``meeting_text``.
    """
    row = TrackedAction.objects.select_for_update(of=("self",), no_key=True).select_related(
        "meeting__agency", "agency"
    )
    action = row.get(pk=action_id)
    hosting = acts_for(by, action.meeting.agency_id)
    if not hosting and not acts_for(by, action.agency_id):
        raise Refusal("meeting_not_of_agency", basis=PRACTICE)
    try:
        action.state = STEPS.next(ActionState(action.state), state)
    except ForbiddenAct:
        raise Refusal("action_over", basis=PRACTICE) from None
    if state is not ActionState.DOING:
        if not hosting:
            raise Refusal("release_by_host", basis=PRACTICE, field="state")
        action.ended_at = at
    said = bounded(text, UPDATE_MIN, UPDATE_MAX, "text")
    action.updated_at = at
    action.save(update_fields=["state", "updated_at", "ended_at"])
    agency = action.agency if acts_for(by, action.agency_id) else action.meeting.agency
    ActionUpdate.objects.create(
        action=action, state=state, text=said, agency=agency, at=at, by=by.id
    )
    _tell_action("action_reported", action, action.meeting, by, at, text=said)
    return action


def mark_late(*, by: Actor, at: datetime) -> int:
    """Mark running actions whose day has passed, once each; returns how many."""
    late = TrackedAction.objects.filter(ended_at=None, late_at=None, due_at__lte=at)
    return sum(_mark(pk, by, at) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _mark(action_id: int, by: Actor, at: datetime) -> int:
    rows = TrackedAction.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=action_id, ended_at=None, late_at=None
    )
    action = rows.select_related("meeting__agency", "agency").first()
    if action is None:
        return 0
    action.late_at = at
    action.save(update_fields=["late_at"])
    _tell_action("action_late", action, action.meeting, by, at)
    letters.tell_agency(
        "action_late",
        action.meeting,
        action.agency_id,
        f"action:{action.pk}",
        by=by,
        at=at,
        text=action.text,
        due=last_day(action.due_at).isoformat(),
    )
    return 1


def _tell(act: str, meeting: Meeting, by: Actor, at: datetime, *, version: int) -> None:
    label = meeting.agency.name_zh
    tell(act, meeting, by, at, label=label, title=meeting.title, version=version)


def _tell_action(
    act: str, action: TrackedAction, meeting: Meeting, by: Actor, at: datetime, **more: str
) -> None:
    tell(
        act,
        meeting,
        by,
        at,
        label=action.agency.name_zh,
        action=action.number,
        agency=names(action.agency),
        state=action.state,
        due=last_day(action.due_at).isoformat(),
        **more,
    )
