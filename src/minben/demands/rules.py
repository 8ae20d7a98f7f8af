"""Splitting, clearing and disposing of demands (訴求拆解、核稿、參採情形). Pure.

Basis: 公共政策網路參與實施要點 (2018-04-11): 參採情形及其理由, for each demand (參採情形子項), see the
module; who clears a draft follows the stages of 行政院文書處理手冊: 擬稿、核稿、會稿、判行.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from minben.casework.rules import Adoption
from minben.kernel.machine import Machine
from minben.kernel.periods import Term, Unit

TEXT_MIN, TEXT_MAX = 5, 300  # characters of a demand
QUOTE_MAX = 1000
NOTE_MAX = 500
REASON_MIN, REASON_MAX = 20, 6000  # of a disposition, published
FOLLOW_UP_MAX = 6000
WHY_MIN, WHY_MAX = 5, 500  # of dropping, returning, correcting, answering a correction
DEMANDS_MAX = 30  # of one case
CORRECTIONS_MAX = 20  # of one published split

RESPONSE_BASIS: Final = (
    "公共政策網路參與實施要點 (2018-04-11)：逐項回應參採情形及其理由（參採情形子項）"
)
SPLIT_BASIS: Final = "平臺訴求處理規則（本平臺自訂）第一點：訴求由主辦機關拆解，公布後由提議者檢視"
CORRECTION_BASIS: Final = "平臺訴求處理規則（本平臺自訂）第二點：提議者得於訴求拆解公布後七日內提出更正，機關應附理由公開答復"
CLEARANCE_BASIS: Final = "平臺訴求處理規則（本平臺自訂，參照行政院文書處理手冊之擬稿、核稿、會稿、判行）第三點：逐級核可後始得定案"
KEEPING_BASIS: Final = "平臺訴求處理規則（本平臺自訂）第四點：擬稿逐版保存，不得覆蓋他人文字"
CORRECTING_BASIS: Final = (
    "平臺訴求處理規則（本平臺自訂）第五點：公布之參採情形不得抹除，更正應附理由並保留原文"
)
CORRECTION_TERM: Final = Term(Unit.DAY, 7, basis=CORRECTION_BASIS)


class DemandState(StrEnum):
    """What has become of a demand."""

    OPEN = "open"  # 處理中
    DISPOSED = "disposed"  # 已定案，尚未公布
    PUBLISHED = "published"  # 已公布
    DROPPED = "dropped"  # 不列為訴求
    MERGED = "merged"  # 併入他項


class DemandAct(StrEnum):
    """What can be done to a demand as a whole."""

    DISPOSE = "dispose"
    TAKE_BACK = "take_back"
    PUBLISH = "publish"
    DROP = "drop"
    MERGE = "merge"
    RESTORE = "restore"


LIFE: Final = Machine(
    {
        (DemandState.OPEN, DemandAct.DISPOSE): DemandState.DISPOSED,
        (DemandState.OPEN, DemandAct.DROP): DemandState.DROPPED,
        (DemandState.OPEN, DemandAct.MERGE): DemandState.MERGED,
        (DemandState.DROPPED, DemandAct.RESTORE): DemandState.OPEN,
        (DemandState.MERGED, DemandAct.RESTORE): DemandState.OPEN,
        (DemandState.DISPOSED, DemandAct.TAKE_BACK): DemandState.OPEN,
        (DemandState.DISPOSED, DemandAct.PUBLISH): DemandState.PUBLISHED,
    }
)
LEFT_OUT: Final = frozenset({DemandState.DROPPED, DemandState.MERGED})


class CorrectionKind(StrEnum):
    """What whoever petitioned would have otherwise."""

    REWORD = "reword"  # 文字應修正
    MISSING = "missing"  # 漏列
    SUPERFLUOUS = "superfluous"  # 非本人訴求


class Step(StrEnum):
    """A step of clearance, in their order."""

    DRAFTER = "drafter"  # 擬稿
    SECTION_HEAD = "section_head"  # 核稿
    LEGAL = "legal"  # 會稿（法制）
    PARTICIPATION = "participation"  # 會稿（開放政府聯絡人）
    LEAD = "lead"  # 判行


class Outcome(StrEnum):
    """How a step went."""

    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of clearance: on which revision of the draft, and how it went."""

    step: Step
    outcome: Outcome
    revision: int


def route_of(*, legal: bool, participation: bool) -> tuple[Step, ...]:
    """The steps a draft goes through, in order.

    Args:
        legal: the drafter wants the agency's lawyers to see it.
        participation: the agency has a participation officer.
    """
    left_out = {Step.LEGAL} if not legal else set()
    left_out |= {Step.PARTICIPATION} if not participation else set()
    return tuple(step for step in Step if step not in left_out)


def cleared_steps(route: Sequence[Step], acts: Sequence[Act], revision: int) -> tuple[Step, ...]:
    """The steps of `route` that hold for `revision`, in order.

    What was approved of an earlier revision counts no more, nor does anything before the last
    return: so a change after clearance opens all steps again.

    Args:
        acts: all there were, the oldest first.
    """
    done: list[Step] = []
    for act in acts:
        if act.revision != revision:
            continue
        if act.outcome is Outcome.RETURNED:
            done = []
        elif len(done) < len(route) and route[len(done)] is act.step:
            done.append(act.step)
    return tuple(done)


def next_step(route: Sequence[Step], acts: Sequence[Act], revision: int) -> Step | None:
    """Whose turn it is; the drafter's before a route is chosen, None when all have cleared it."""
    if not route:
        return Step.DRAFTER
    done = cleared_steps(route, acts, revision)
    return route[len(done)] if len(done) < len(route) else None


def is_cleared(route: Sequence[Step], acts: Sequence[Act], revision: int) -> bool:
    """Whether every step of the route holds for that revision."""
    return bool(route) and next_step(route, acts, revision) is None


def roll_up(adoptions: Collection[Adoption]) -> Adoption | None:
    """What becomes of the case when its demands are disposed of so; None without demands.

    All adopted, or all not, is what the case is. Otherwise what is under study prevails, because
    it is the only one the government has to report on again; the rest is adopted in part.
    Basis: 行政院開放政府聯絡人工作推動會議 (2018-10-01): 研議中者六個月後續追蹤，其餘免列管.
    """
    found = set(adoptions)
    if not found:
        return None
    if len(found) == 1:
        return found.pop()
    return Adoption.UNDER_STUDY if Adoption.UNDER_STUDY in found else Adoption.PARTLY_ADOPTED


def demand_fault(text: str, quote: str = "") -> str:
    """Why the words of a demand are refused (a code), or nothing."""
    if not TEXT_MIN <= len(text.strip()) <= TEXT_MAX:
        return "demand_text"
    return "demand_quote" if len(quote.strip()) > QUOTE_MAX else ""


def draft_faults(adoption: str, reason: str, follow_up: str, *, whole: bool) -> dict[str, str]:
    """What is wrong with a draft: field → refusal code.

    Args:
        whole: it must be fit for publication; otherwise only what could not be kept is refused.
    """
    faults = {}
    if len(follow_up.strip()) > FOLLOW_UP_MAX:
        faults["follow_up"] = "demand_follow_up_too_long"
    if len(reason.strip()) > REASON_MAX:
        faults["reason"] = "demand_reason_too_long"
    elif whole and len(reason.strip()) < REASON_MIN:
        faults["reason"] = "demand_reason"
    known = adoption in {item.value for item in Adoption}
    if (whole or adoption) and not known:
        faults["adoption"] = "demand_adoption"
    return faults


def why_fault(why: str) -> str:
    """Why a reason somebody gives beside an act is refused (a code), or nothing."""
    return "" if WHY_MIN <= len(why.strip()) <= WHY_MAX else "demand_why"


def correction_fault(kind: CorrectionKind, text: str, why: str, *, names_demand: bool) -> str:
    """Why a proposed correction is refused (a code), or nothing."""
    if names_demand is (kind is CorrectionKind.MISSING):
        return "correction_demand"
    if kind is not CorrectionKind.SUPERFLUOUS and demand_fault(text):
        return "correction_text"
    return "correction_why" if why_fault(why) else ""


def dispose_fault(
    *, state: DemandState, has_agency: bool, draft: Mapping[str, str], cleared: bool
) -> str:
    """Why a demand can't be disposed of yet (a code), or nothing.

    Args:
        draft: adoption, reason and follow_up; empty without a draft.
    """
    if state is not DemandState.OPEN:
        return "demand_not_open"
    if not has_agency:
        return "demand_without_agency"
    words = {name: draft.get(name, "") for name in ("adoption", "reason", "follow_up")}
    if faults := draft_faults(**words, whole=True):
        return next(iter(faults.values()))
    return "" if cleared else "demand_not_cleared"


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a comparison: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


_PIECE_BREAKS = frozenset("。！？；，、\n!?;,")


def pieces(text: str) -> list[str]:
    """Cut at punctuation that ends a piece, which stays with it; joined they are `text` again."""
    found, begun = [], 0
    for at, character in enumerate(text, 1):
        if character in _PIECE_BREAKS:
            found.append(text[begun:at])
            begun = at
    return [*found, text[begun:]] if begun < len(text) else found


def differences(before: str, after: str) -> tuple[Change, ...]:
    """How `after` came from `before`, piece by piece: what stayed, what went, what is new."""
    old, new = pieces(before), pieces(after)
    found: list[Change] = []
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[a0:a1])))
            continue
        if a1 > a0:
            found.append(Change("gone", "".join(old[a0:a1])))
        if b1 > b0:
            found.append(Change("new", "".join(new[b0:b1])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SplitChange:
    """How a demand differs between two published splits: ``new``, ``gone`` or ``changed``.

    Args:
        before, after: its words; empty where it was not there or is left out.
        changes: how the words differ.
        agency: the one responsible has changed.
    """

    number: int
    kind: str
    before: str
    after: str
    changes: tuple[Change, ...]
    agency: bool


Item = Mapping[str, Any]  # Any: JSON values of a published demand


def split_changes(before: Sequence[Item], after: Sequence[Item]) -> tuple[SplitChange, ...]:
    """What changed between two published splits, by number; demands that stayed are left out."""
    old = {item["number"]: item for item in before}
    new = {item["number"]: item for item in after}
    found = []
    for number in sorted({*old, *new}):
        was, now = old.get(number, {}), new.get(number, {})
        said = "" if was.get("left_out", "") else was.get("text", "")
        says = "" if now.get("left_out", "") else now.get("text", "")
        agency = bool(said and says) and was.get("agency") != now.get("agency")
        if said == says and not agency:
            continue
        kind = "new" if not said else "gone" if not says else "changed"
        found.append(SplitChange(number, kind, said, says, differences(said, says), agency))
    return tuple(found)


_ENDS = "。！？!?；;\n"


def candidates(text: str) -> tuple[str, ...]:
    """Sentences of a proposal that could be demands, in order, each once: 5 to 300 characters."""
    found: list[str] = []
    sentence = ""
    for character in f"{text}\n":
        sentence += character
        if character in _ENDS:
            words = " ".join(sentence.split())
            if TEXT_MIN <= len(words) <= TEXT_MAX and words not in found:
                found.append(words)
            sentence = ""
    return tuple(found)
