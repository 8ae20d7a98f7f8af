"""The acts on meetings; the only writers of this module."""

from minben.meetings.actions.course import (
    add_agenda_item,
    add_task,
    remove_agenda_item,
    set_task_done,
)
from minben.meetings.actions.groups import check_in, make_groups, move_to_table
from minben.meetings.actions.naming import (
    accept_suggestion,
    name_participant,
    not_coming,
    suggest,
)
from minben.meetings.actions.opening import (
    Settings,
    announce,
    cancel,
    change_meeting,
    mark_held,
    open_meeting,
)
from minben.meetings.actions.places import (
    forget_names,
    forget_person,
    give_up,
    invite_endorsers,
    register,
)
from minben.meetings.actions.results import (
    agree_action,
    draft_report,
    mark_late,
    publish_report,
    report_action,
)
from minben.meetings.actions.topics import RoundTerms, count_rounds, nominate, open_round, vote

__all__ = [
    "RoundTerms",
    "Settings",
    "accept_suggestion",
    "add_agenda_item",
    "add_task",
    "agree_action",
    "announce",
    "cancel",
    "change_meeting",
    "check_in",
    "count_rounds",
    "draft_report",
    "forget_names",
    "forget_person",
    "give_up",
    "invite_endorsers",
    "make_groups",
    "mark_held",
    "mark_late",
    "move_to_table",
    "name_participant",
    "nominate",
    "not_coming",
    "open_meeting",
    "open_round",
    "publish_report",
    "register",
    "remove_agenda_item",
    "report_action",
    "set_task_done",
    "suggest",
    "vote",
]
