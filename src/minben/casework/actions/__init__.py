"""The acts on cases; the only writers of casework."""

from minben.casework.actions.agencies import assign_agencies, hand_over
from minben.casework.actions.archiving import file_archived_cases, refile_archived_case
from minben.casework.actions.cases import close_case, file_case, open_agency_case, reopen_case
from minben.casework.actions.deadlines import (
    end_deadline,
    mark_missed,
    restore_paused_time,
    start_deadline,
)
from minben.casework.actions.extending import extend_deadline
from minben.casework.actions.pauses import cancel_pause, declare_pause
from minben.casework.actions.responses import (
    draft_response,
    hold_for_answer,
    publish_response,
    report_on_case,
)
from minben.casework.actions.rule_sets import add_rule_set

__all__ = [
    "add_rule_set",
    "assign_agencies",
    "cancel_pause",
    "close_case",
    "declare_pause",
    "draft_response",
    "end_deadline",
    "extend_deadline",
    "file_archived_cases",
    "file_case",
    "hand_over",
    "hold_for_answer",
    "mark_missed",
    "open_agency_case",
    "publish_response",
    "refile_archived_case",
    "reopen_case",
    "report_on_case",
    "restore_paused_time",
    "start_deadline",
]
