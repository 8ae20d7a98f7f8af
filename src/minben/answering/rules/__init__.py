"""What plans, contacts, posts and surveys may be, and how long things stay open. Pure.

Terms that no law sets are the platform's own, and their basis says so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from minben.kernel.periods import Term, Unit


class Channel(StrEnum):
    """How the proposer was contacted."""

    PHONE = "phone"  # 電話
    MAIL = "mail"  # 信件
    MEETING = "meeting"  # 會面


class Verdict(StrEnum):
    """What the proposer says of the minutes of a contact."""

    CONFIRMED = "confirmed"  # 確認
    CORRECTED = "corrected"  # 補充更正
    OBJECTED = "objected"  # 不同意公開


class ContactState(StrEnum):
    """What everybody may see of a contact."""

    ATTEMPT = "attempt"  # 未聯繫上
    WAITING = "waiting"  # 待提議者確認
    PUBLIC = "public"  # 紀錄公開
    OBJECTED = "objected"  # 提議者不同意公開


class PostKind(StrEnum):
    """What a post beside the formal response is."""

    PROGRESS = "progress"  # 期中回報
    STUDY_RETURN = "study_return"  # 納入研議定期回報


CONTACT_ANSWER: Final = Term(
    Unit.DAY,
    7,
    basis="平臺聯繫紀錄規則（本平臺自訂）：紀錄送達提議者次日起七日內，得確認、補充或反對公開；"
    "逾期未表示者，公開紀錄",
)
REOPENING: Final = Term(
    Unit.DAY,
    3,
    basis="參採情形填報作業（國家發展委員會107年12月3日說明）：正式回應後，留言重新開放三日",
)
SURVEY: Final = Term(
    Unit.DAY,
    14,
    basis="平臺滿意度調查規則（本平臺自訂）：正式回應公布次日起十四日內，得填答及修改",
)
PLAN_BASIS: Final = (
    "公共政策網路參與實施要點成案後標準處理程序（國家發展委員會105年12月27日說明）："
    "成案後第7日前公布處理方式及時程"
)
CONTACT_BASIS: Final = (
    "公共政策網路參與實施要點成案後標準處理程序（國家發展委員會105年12月27日說明）："
    "成案後第10日前與提議者聯繫，釐清訴求"
)
ADOPTION_BASIS: Final = (
    "公共政策網路參與實施要點 (2018-04-11)：二個月內回應參採情形及其理由；"
    "訴求分列參採情形者，全案依各項彙整"
)
CORRECTION_BASIS: Final = (
    "平臺回應更正規則（本平臺自訂）：已公布之回應不得覆寫，更正另行附記理由並公開差異"
)
STUDY_BASIS: Final = (
    "參採情形填報作業（國家發展委員會107年12月3日說明）：納入研議者，每六個月回報辦理情形至結案"
)
SUMMARY_MIN, SUMMARY_MAX = 20, 3000  # characters
STEPS_MAX = 8
STEP_MAX = 200
OFFICE_MAX = 120
MINUTES_MAX = 4000
STATEMENT_MAX = 2000
POST_MIN, POST_MAX = 20, 6000
# A mobile number or a mailbox is somebody's; the switchboard and the office are not.
_PRIVATE = re.compile(r"09\d{2}[-\s]?\d{3}[-\s]?\d{3}|\+886|@")
Step = Mapping[str, str]


def office_fault(office: str) -> str:
    """Return why the name of an office is refused (a code), or nothing."""
    if not office.strip():
        return "office_missing"
    if len(office.strip()) > OFFICE_MAX:
        return "answering_too_long"
    return "office_private" if _PRIVATE.search(office) else ""


def steps_fault(steps: Sequence[Step]) -> str:
    """Return why the steps of a plan are refused (a code), or nothing.

    Args:
        steps: each with ``what`` and ``until``, an ISO day.
    """
    if len(steps) > STEPS_MAX:
        return "plan_steps_many"
    for step in steps:
        if not step.get("what", "").strip() or not _is_day(step.get("until", "")):
            return "plan_step_half"
        if len(step["what"].strip()) > STEP_MAX:
            return "answering_too_long"
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def plan_faults(summary: str, steps: Sequence[Step], office: str) -> dict[str, str]:
    """Return what keeps a handling plan from being published: field → refusal code.

    It says how the case is handled, at least one step with its day, and which office answers.
    Basis: `PLAN_BASIS`.
    """
    faults = {}
    length = len(summary.strip())
    if length < SUMMARY_MIN:
        faults["summary"] = "plan_summary_short"
    elif length > SUMMARY_MAX:
        faults["summary"] = "answering_too_long"
    if code := "plan_steps_missing" if not steps else steps_fault(steps):
        faults["steps"] = code
    if code := office_fault(office):
        faults["office"] = code
    return faults


def contact_fault(
    *,
    reached: bool,
    discussed: str,
    agreed: str,
    held_at: datetime,
    filed_at: datetime,
    at: datetime,
) -> tuple[str, str]:
    """Return why an entry of the contact log is refused as (code, field), or two empty strings."""
    if held_at > at:
        return "contact_in_future", "held_on"
    if held_at < filed_at:
        return "contact_too_early", "held_on"
    if reached and not discussed.strip():
        return "contact_says_nothing", "discussed"
    if len(discussed.strip()) > MINUTES_MAX:
        return "answering_too_long", "discussed"
    if len(agreed.strip()) > MINUTES_MAX:
        return "answering_too_long", "agreed"
    return ("contact_not_reached", "agreed") if not reached and agreed.strip() else ("", "")


def contact_state(
    *, reached: bool, verdict: str, answer_until: datetime | None, at: datetime
) -> ContactState:
    """What everybody may see of a contact at `at`. `answer_until` is exclusive.

    Basis: `CONTACT_ANSWER`. Time alone makes the minutes public; no job has to.
    """
    if verdict == Verdict.OBJECTED:
        return ContactState.OBJECTED
    if not reached or answer_until is None:
        return ContactState.ATTEMPT
    return ContactState.PUBLIC if verdict or at >= answer_until else ContactState.WAITING


def verdict_fault(
    *, verdict: str, statement: str, answer_until: datetime, at: datetime
) -> tuple[str, str]:
    """Return why the proposer's word on the minutes is refused as (code, field), or two empties.

    Within the period any word replaces the one before. After it an objection is still heard: it
    takes the minutes out of public sight from then on.
    """
    if verdict not in set(Verdict):
        return "contact_verdict", "verdict"
    if len(statement.strip()) > STATEMENT_MAX:
        return "answering_too_long", "statement"
    if verdict == Verdict.CORRECTED and not statement.strip():
        return "contact_statement", "statement"
    if at >= answer_until and verdict != Verdict.OBJECTED:
        return "contact_period_over", "verdict"
    return "", ""


def post_faults(
    *, done: str, ahead: str, adoption: str, reason: str, ends: bool, allowed: frozenset[str]
) -> dict[str, str]:
    """Return what keeps a post from being published: field → refusal code.

    Args:
        done: what was done. ahead: what comes next.
        ends: it closes a study, with a disposition of `allowed` and its reasons.
    """
    faults = {}
    if len(done.strip()) < POST_MIN:
        faults["done"] = "post_short"
    elif len(done.strip()) > POST_MAX:
        faults["done"] = "answering_too_long"
    if len(ahead.strip()) > POST_MAX:
        faults["ahead"] = "answering_too_long"
    if not ends:
        return faults
    if adoption not in allowed:
        faults["adoption"] = "study_adoption"
    if not reason.strip():
        faults["reason"] = "response_without_reasons"
    elif len(reason.strip()) > POST_MAX:
        faults["reason"] = "answering_too_long"
    return faults
