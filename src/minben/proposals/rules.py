"""The life of a proposal and who may do what when (提議之流程). Pure.

Basis: 公共政策網路參與實施要點 (2018-04-11); numbers come from the case's pinned rule set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from minben.casework.rules import RuleParameters
from minben.kernel.machine import Machine


class State(StrEnum):
    """Where a filed proposal stands. Drafts are no proposals yet."""

    CHECKING = "checking"  # 檢核中
    HIDDEN = "hidden"  # 已隱藏
    ENDORSING = "endorsing"  # 附議中
    REACHED = "reached"  # 已成案，待回應
    ANSWERED = "answered"  # 已回應
    LAPSED = "lapsed"  # 未成案
    WITHDRAWN = "withdrawn"  # 已撤回


class Act(StrEnum):
    """What changes a state."""

    ACCEPT = "accept"
    HIDE = "hide"
    RESTORE = "restore"  # an appeal was upheld
    REACH = "reach"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    ANSWER = "answer"
    REOPEN = "reopen"  # invalidation took it below the threshold, and the rule set says so
    FALL = "fall"  # the same, after the window had closed


LIFE: Machine[State, Act] = Machine(
    {
        (State.CHECKING, Act.ACCEPT): State.ENDORSING,
        (State.CHECKING, Act.HIDE): State.HIDDEN,
        (State.CHECKING, Act.WITHDRAW): State.WITHDRAWN,
        (State.HIDDEN, Act.RESTORE): State.ENDORSING,
        (State.ENDORSING, Act.REACH): State.REACHED,
        (State.ENDORSING, Act.LAPSE): State.LAPSED,
        (State.ENDORSING, Act.WITHDRAW): State.WITHDRAWN,
        # An agency may answer what did not reach ("得"), but need not.
        (State.REACHED, Act.ANSWER): State.ANSWERED,
        (State.REACHED, Act.REOPEN): State.ENDORSING,
        (State.REACHED, Act.FALL): State.LAPSED,
        # Endorsements that were wrongly not counted came back.
        (State.LAPSED, Act.REACH): State.REACHED,
    }
)

PUBLIC_STATES = frozenset(State) - {State.CHECKING, State.HIDDEN}
"""States in which the whole proposal is public; hidden ones stand in the public register."""

ENDORSABLE_STATES = frozenset({State.ENDORSING, State.REACHED, State.ANSWERED})
"""Endorsing goes on after the threshold until the window closes."""


class Stage(StrEnum):
    """What a reader sees: the state, told apart by time where that matters to people."""

    CHECKING = "checking"
    HIDDEN = "hidden"
    SCHEDULED = "scheduled"  # accepted; endorsing opens on the next day
    ENDORSING = "endorsing"
    PAUSED = "paused"
    REACHED = "reached"
    OVERDUE = "overdue"  # reached, and the answer is late
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


def stage_of(
    state: State,
    at: datetime,
    *,
    opens_at: datetime | None = None,
    response_due_at: datetime | None = None,
    paused: bool = False,
    closes_at: datetime | None = None,
) -> Stage:
    """Return what a reader is shown for `state` at the instant `at`.

    A window that has closed reads as lapsed even before the tick has written it down.
    """
    if state is State.ENDORSING and opens_at is not None:
        if at < opens_at:
            return Stage.SCHEDULED
        if closes_at is not None and at >= closes_at:
            return Stage.LAPSED
        if paused:
            return Stage.PAUSED
    if state is State.REACHED and response_due_at is not None and at >= response_due_at:
        return Stage.OVERDUE
    return Stage(state.value)


def endorse_fault(
    state: State,
    at: datetime,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    paused: bool,
) -> str:
    """Return why nobody can endorse at `at` (a refusal code), or an empty string.

    Basis: 自檢核通過次日起附議；選舉期間暫停附議.
    """
    if state not in ENDORSABLE_STATES or opens_at is None or closes_at is None:
        return "not_endorsable"
    if at < opens_at:
        return "endorse_too_early"
    if at >= closes_at:
        return "endorse_too_late"
    return "endorse_paused" if paused else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a proposal, as typed."""

    subject: str = ""
    content: str = ""
    benefits: str = ""


def wording_faults(wording: Wording, rules: RuleParameters) -> dict[str, tuple[str, int]]:
    """Return what keeps the wording from being filed: field → (refusal code, the limit).

    Lengths are counted in characters after trimming.
    """
    faults: dict[str, tuple[str, int]] = {}
    for field in ("subject", "content", "benefits"):
        least, most = rules.limits[f"{field}_min"], rules.limits[field]
        if fault := length_fault(getattr(wording, field), least, most):
            faults[field] = fault
    return faults


def length_fault(text: str, least: int, most: int) -> tuple[str, int] | None:
    """Return why a text of that length is refused (refusal code, the limit), or None."""
    length = len(text.strip())
    if length == 0:
        return "field_empty", least
    if length < least:
        return "field_too_short", least
    return ("field_too_long", most) if length > most else None


def link_fault(title: str, url: str, limits: Mapping[str, int]) -> str:
    """Return why a link can't be evidence (a refusal code), or an empty string."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return "link_not_web"
    if len(url.split()) != 1:
        return "link_not_web"
    # "https://bank.tw@elsewhere" shows one place and leads to another.
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or "@" in parts.netloc:
        return "link_not_web"
    if len(url) > 500:
        return "link_too_long"
    return "link_title_too_long" if len(title.strip()) > limits["link_title"] else ""


def crossing(before: int, after: int, threshold: int) -> int | None:
    """Which of the endorsements that took the count from `before` to `after` reached the threshold.

    Counted from 0; None when none of them did.
    """
    return threshold - before - 1 if before < threshold <= after else None


def reason_fault(reason: str, least: int = 5, most: int = 1000) -> str:
    """Return why a written reason is refused (a code), or an empty string."""
    length = len(reason.strip())
    if length < least:
        return "reason_too_short"
    return "reason_too_long" if length > most else ""
