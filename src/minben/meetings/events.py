"""Events of meetings. Who registers or comes is recorded for auditors only."""

from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

_SET = ("meeting", "kind", "agency", "starts_at", "ends_at", "place")
_ACTION = ("meeting", "action", "agency", "state", "due")
_PAGE = "meetings/events/meeting.html"

register(
    EventKind("meetings.opened", _("A meeting is being prepared")),
    EventKind("meetings.prepared", _("A meeting in preparation was changed")),
    EventKind("meetings.changed", _("A meeting was changed"), ledger=_SET),
    EventKind("meetings.dropped", _("A meeting in preparation was given up")),
    EventKind(
        "meetings.announced",
        _("A meeting was announced"),
        timeline=True,
        official=True,
        template=_PAGE,
        ledger=_SET,
    ),
    EventKind(
        "meetings.cancelled",
        _("A meeting was called off"),
        timeline=True,
        official=True,
        template=_PAGE,
        ledger=_SET,
    ),
    EventKind(
        "meetings.held",
        _("A meeting was held"),
        timeline=True,
        official=True,
        template=_PAGE,
        ledger=(*_SET, "present"),
    ),
    EventKind("meetings.endorsers_invited", _("Endorsers were invited"), ledger=("meeting",)),
    EventKind("meetings.place_seated", _("A place was given")),
    EventKind("meetings.place_waiting", _("Somebody waits for a place")),
    EventKind("meetings.place_moved_up", _("Somebody who waited has a place")),
    EventKind("meetings.place_cancelled", _("A place was given up")),
    EventKind("meetings.place_suggested", _("The proposer suggested a stakeholder")),
    EventKind("meetings.place_refused", _("A suggested stakeholder was not invited")),
    EventKind("meetings.place_declined", _("An invited stakeholder does not come")),
    EventKind("meetings.names_deleted", _("Names of people at a meeting were deleted")),
    EventKind("meetings.groups_made", _("Groups were made")),
    EventKind("meetings.table_changed", _("A table was changed")),
    EventKind("meetings.checked_in", _("Attendance was noted")),
    EventKind("meetings.task_added", _("A task of preparation was added")),
    EventKind("meetings.task_done", _("A task of preparation was done")),
    EventKind("meetings.task_undone", _("A task of preparation was opened again")),
    EventKind("meetings.agenda_added", _("The agenda grew")),
    EventKind("meetings.agenda_removed", _("The agenda shrank")),
    EventKind("meetings.report_drafted", _("A result report was drafted")),
    EventKind(
        "meetings.report_published",
        _("The result report was published"),
        timeline=True,
        official=True,
        template=_PAGE,
        ledger=("meeting", "version"),
    ),
    EventKind(
        "meetings.action_agreed",
        _("An action was agreed"),
        timeline=True,
        official=True,
        template="meetings/events/action.html",
        ledger=_ACTION,
    ),
    EventKind(
        "meetings.action_reported",
        _("An agency reported on an action"),
        timeline=True,
        official=True,
        template="meetings/events/action.html",
        ledger=_ACTION,
    ),
    EventKind(
        "meetings.action_late",
        _("An agreed action is late"),
        timeline=True,
        template="meetings/events/action.html",
        ledger=_ACTION,
    ),
    EventKind(
        "meetings.round_opened",
        _("A round of topics was opened"),
        ledger=("round", "votes_from", "closes_at", "votes_each", "winners", "secret"),
    ),
    EventKind(
        "meetings.nominated",
        _("Nominated as the topic of a meeting"),
        official=True,
        ledger=("round", "topic", "case", "agency", "criteria"),
    ),
    EventKind("meetings.voted", _("An agency voted on topics")),
    EventKind(
        "meetings.round_counted",
        _("The votes on topics were counted"),
        ledger=("round", "entitled", "ballots", "topics"),
    ),
)
