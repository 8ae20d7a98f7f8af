"""Extending the time for an answer (延長回應期限): once, in time, for a published reason. Pure.

Basis: 公共政策網路參與實施要點 (2017-06-16): 必要時得延長，以二個月為限，並公布理由.
"""

from datetime import date, datetime

from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.periods import end_of

REASON_MIN, REASON_MAX = 20, 1000  # characters


def extension_fault(
    *,
    kind: DeadlineKind,
    outcome: Outcome,
    due_at: datetime,
    extended: bool,
    until: date,
    latest: datetime,
    reason: str,
    at: datetime,
) -> str:
    """Return why an extension at `at` is refused (a code), or nothing.

    Args:
        due_at: exclusive, so at that instant it is late already.
        extended: it was extended before.
        until: the last day that is asked for.
        latest: the latest instant (exclusive) the rule allows.
    """
    if kind is not DeadlineKind.RESPONSE:
        return "extension_kind"
    if outcome is not Outcome.OPEN:
        return "extension_over"
    if at >= due_at:
        return "extension_late"
    if extended:
        return "extension_twice"
    if end_of(until) <= due_at:
        return "extension_backwards"
    if end_of(until) > latest:
        return "extension_too_long"
    length = len(reason.strip())
    if length > REASON_MAX:
        return "extension_reason_too_long"
    return "" if length >= REASON_MIN else "extension_reason"
